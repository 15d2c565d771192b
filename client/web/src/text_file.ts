// A file of text as the commands take it: by its content, since a file that was handed over serves for one request only.
export interface TextFile {
  name: string;
  text: string;
}

// null: it is not UTF-8, and guessing would garble names.
export async function textFile(file: File): Promise<TextFile | null> {
  try {
    return { name: file.name, text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) };
  } catch (problem) {
    if (problem instanceof TypeError) return null;
    throw problem;
  }
}
