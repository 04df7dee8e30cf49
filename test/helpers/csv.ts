/** The records of a CSV text by RFC 4180, with line feeds: a reader that knows nothing of how ours are written. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let inQuotes = false;
  for (let k = 0; k < text.length; k++) {
    const character = text[k];
    if (inQuotes) {
      if (character !== '"') field += character;
      else if (text[k + 1] === '"') field += text[++k];
      else inQuotes = false;
    } else if (character === '"') {
      if (field !== "") throw new Error(`a quote within a bare field, at ${k}`);
      inQuotes = true;
    } else if (character === "," || character === "\n") {
      record.push(field);
      field = "";
      if (character === ",") continue;
      records.push(record);
      record = [];
    } else if (character === "\r") throw new Error(`a carriage return, at ${k}`);
    else field += character;
  }
  if (inQuotes || field !== "" || record.length > 0) throw new Error("the last line is not ended");
  return records;
}
