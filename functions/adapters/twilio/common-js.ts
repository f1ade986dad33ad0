// CommonJS seen from a module: Node and esbuild give what it exports whole, with the class as its `default`; loaders that
// try to help give the class itself.

export const classOf = <Class extends object>(module: { readonly default: Class }): Class =>
  "default" in module ? module.default : module;
