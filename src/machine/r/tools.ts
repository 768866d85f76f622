// The tools of an R package that read generated files: Rcpp makes RcppExports of the glue, roxygen2 makes NAMESPACE and man/ of R/.
import type { HostTools, PendingWork } from "../host-tools.js";
import { adviseNamespace, documentR, isDocumentationStale, isDocumentedByRoxygen } from "./documentation.js";
import { adviseRbuildignore, bindRcpp, isRcppStale } from "./rcpp.js";

const rcpp: PendingWork = {
  id: "rcpp",
  title: "Rcpp: src/RcppExports.cpp, R/RcppExports.R",
  drift: "src/RcppExports.cpp and R/RcppExports.R are older than the glue that they bind.",
};

const documentation: PendingWork = {
  id: "documentation",
  title: "roxygen2: NAMESPACE, man/",
  drift: "NAMESPACE and man/ are not those of R/generated.R.",
};

export const rTools: HostTools = {
  pending: async (root, files) => {
    const [isRcppDue, isDocumentationDue] = await Promise.all([
      isRcppStale(root, files),
      isDocumentationStale(root, files),
    ]);
    return [...(isRcppDue ? [rcpp] : []), ...(isDocumentationDue ? [documentation] : [])];
  },
  run: async ({ root, facts, files, pending, changed, quiet, io }) => {
    const isDue = pending.includes(documentation) || changed.some((path) => path.startsWith("R/"));
    // Before Rcpp: NAMESPACE says whether Rcpp registers what it makes.
    if (isDue && (await isDocumentedByRoxygen(root, facts))) await documentR(root, io, quiet, files);
    if (pending.includes(rcpp)) await bindRcpp(root, io, quiet);
  },
  advise: async (root, { mode }, { pending, first }, io) => {
    if (pending.includes(rcpp) && mode === "ours") await adviseNamespace(root, io);
    if (first) await adviseRbuildignore(root, io);
  },
};
