/** Lets the browser save a file. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A function's name as part of a file's: letters, digits, dots and dashes. */
export function fileName(name: string, extension: string): string {
  return `${name.replaceAll(/[^\w.-]+/g, "_").slice(0, 80) || "graph"}.${extension}`;
}

/** A frame of foreign origin inside of another page, as `sandbox="allow-scripts"` makes it: browsers save nothing from there. */
export function isSandboxed(): boolean {
  return window.self !== window.top && window.origin === "null";
}
