import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The folders of the packages that are installed below a folder, as npm lays them: also those within packages. */
export function installedPackages(folder: string): string[] {
  const modules = join(folder, "node_modules");
  if (!existsSync(modules)) return [];
  const names = readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(modules, name)).map((own) => join(name, own)) : [name],
    );
  return names.map((name) => join(modules, name)).flatMap((path) => [path, ...installedPackages(path)]);
}
