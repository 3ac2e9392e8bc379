/** Light or dark, as the page around us is: every host says it in its own way. */

export type ThemeChoice = "auto" | "light" | "dark";

const QUERY = "(prefers-color-scheme: dark)";

export function isDark(root: Document = document): boolean {
  const { body, documentElement } = root;
  const jupyter = body?.getAttribute("data-jp-theme-light");
  if (jupyter) return jupyter === "false";
  if (body?.classList.contains("vscode-dark") || body?.classList.contains("vscode-high-contrast")) return true;
  if (body?.classList.contains("vscode-light")) return false;
  const colab = documentElement.getAttribute("theme") ?? documentElement.getAttribute("data-theme");
  if (colab) return colab === "dark";
  // nbclassic has no dark theme: a white notebook must not get a black widget.
  if (body?.classList.contains("notebook_app")) return false;
  return globalThis.matchMedia?.(QUERY).matches ?? false;
}

/** Calls back now and on every change; returns how to stop. */
export function watchTheme(choice: ThemeChoice, onChange: (dark: boolean) => void): () => void {
  if (choice !== "auto") {
    onChange(choice === "dark");
    return () => undefined;
  }
  const report = () => onChange(isDark());
  const observer = new MutationObserver(report);
  const attributes = { attributes: true, attributeFilter: ["class", "theme", "data-theme", "data-jp-theme-light"] };
  observer.observe(document.documentElement, attributes);
  if (document.body) observer.observe(document.body, attributes);
  const media = globalThis.matchMedia?.(QUERY);
  media?.addEventListener("change", report);
  report();
  return () => {
    observer.disconnect();
    media?.removeEventListener("change", report);
  };
}
