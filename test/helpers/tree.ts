import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join, relative } from "node:path";

/** Every file below a folder with a hash of its content and mode, of a link that of its target's path, so that two trees can be compared byte by byte. */
export function snapshot(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const visit = (at: string) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      const name = relative(folder, path).replaceAll("\\", "/");
      if (entry.isDirectory()) {
        files[`${name}/`] = "";
        visit(path);
      } else {
        const mode = (lstatSync(path).mode & 0o777).toString(8);
        files[name] = `${mode} ${createHash("sha256")
          .update(entry.isSymbolicLink() ? readlinkSync(path) : readFileSync(path))
          .digest("hex")}`;
      }
    }
  };
  if (existsSync(folder)) visit(folder);
  return files;
}
