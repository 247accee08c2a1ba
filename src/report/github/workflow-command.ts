import { visible } from '../text/visible.ts';

/** What GitHub decodes in a command's message. */
function escapedMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** In a property the marks that separate properties and message count too. */
function escapedProperty(text: string): string {
  return escapedMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** One line that GitHub shows as an annotation of the run: nothing hidden in it, and no second command. */
export function annotation(level: AnnotationLevel, title: string, message: string): string {
  return `::${level} title=${escapedProperty(visible(title))}::${escapedMessage(visible(message))}`;
}
