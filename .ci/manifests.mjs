// Checks Kubernetes resources against the schemas of their API: node .ci/manifests.mjs FILE...
//
// Twice, because each finds what the other does not: the types of TypeScript refuse a field that the API does not have
// (a server may drop it in silence), and the schemas refuse a value out of range, of another form, or missing.
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const here = dirname(fileURLToPath(import.meta.url));
const packages = {
  "keda.sh": "@kubernetes-models/keda",
  "kafka.strimzi.io": "@kubernetes-models/strimzi-kafka-operator",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
};
const problems = [];

function resources(file) {
  return parseAllDocuments(readFileSync(file, "utf8"))
    .map((document) => {
      document.errors.forEach((error) => problems.push(`${file}: ${error.message}`));
      return document.toJS();
    })
    .filter((resource) => resource !== null)
    .map(unfolded)
    .map((resource) => ({
      resource,
      name: `${basename(file)}: ${resource.kind} ${resource.metadata?.name}`,
      module: `${packages[resource.apiVersion.split("/")[0]] ?? "kubernetes-models"}/${resource.apiVersion}/${resource.kind}`,
    }));
}

// Kustomize folds base64 that is long, which servers read and the schemas do not.
function unfolded(resource) {
  if (resource.kind === "Secret") {
    for (const key of Object.keys(resource.data ?? {})) {
      resource.data[key] = resource.data[key].replaceAll("\n", "");
    }
  }
  return resource;
}

function checkTypes(all) {
  // Beside the packages, where their types are found.
  const folder = mkdtempSync(join(here, "types-"));
  try {
    const sources = new Map();
    all.forEach(({ resource, name, module }, i) => {
      const source = join(folder, `resource${i}.ts`);
      const type = `I${resource.kind}`;
      writeFileSync(
        source,
        `import type { ${type} } from "${module}";\nexport const resource: ${type} = ${JSON.stringify(resource, null, 1)};\n`,
      );
      sources.set(source, name);
    });
    const program = ts.createProgram([...sources.keys()], {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      noEmit: true,
      skipLibCheck: true,
      strict: true,
      types: [],
    });
    for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
      const name = sources.get(diagnostic.file?.fileName) ?? diagnostic.file?.fileName;
      problems.push(`${name}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function checkSchema({ resource, name, module }) {
  try {
    const model = (await import(module))[resource.kind];
    new model(resource).validate();
  } catch (error) {
    problems.push(`${name}: ${error.message}`);
  }
}

const all = process.argv.slice(2).flatMap(resources);
checkTypes(all);
for (const one of all) {
  await checkSchema(one);
}
problems.forEach((problem) => console.error(problem));
console.log(`${all.length} resources, ${problems.length} problems`);
process.exit(problems.length === 0 && all.length > 0 ? 0 : 1);
