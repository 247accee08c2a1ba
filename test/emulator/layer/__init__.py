"""A thin layer over moto: a controllable clock, answers that moto lacks, faults, and a request log."""
