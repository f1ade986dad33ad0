// A hub's templates as one: each resource of a nested stack under a name of its own, and in a parameter's place what the
// stack around it hands in, so that the arrows can be followed from one template into the other.
import { at, isFields, type Json, type Resource, type Template, textsAt } from "./template.ts";

const parent = "AWS::CloudFormation::Stack";

/** `nested` holds the templates by the logical id of their stack. */
export function joined(main: Template, nested: ReadonlyMap<string, Template>): Template {
  const stacks = Object.entries(main.Resources).filter(([, { Type }]) => Type === parent);
  const inner = stacks.flatMap(([id, stack]) => {
    const template = nested.get(id);
    if (template === undefined) throw new Error(`${id} has no template`);
    return Object.entries(unfolded(id, stack, template));
  });
  const own = Object.entries(main.Resources).filter(([, { Type }]) => Type !== parent);
  return { ...main, Resources: Object.fromEntries([...own, ...inner]) };
}

function unfolded(stack: string, { Properties }: Resource, template: Template): Template["Resources"] {
  if (template.Outputs !== undefined) throw new Error(`${stack} hands something out: say here to whom`);
  const idOf = (id: string): string => {
    if (template.Resources[id] === undefined) throw new Error(`${stack} points at ${id}, which it has not`);
    return `${stack}${id}`;
  };
  const handedIn = (name: string): Json => {
    const value = at(Properties, "Parameters", name);
    if (value === undefined) throw new Error(`${stack} is not told ${name}`);
    return value;
  };
  const put = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((one: Json) => put(one));
    if (!isFields(value)) return value;
    const { Ref: ref, "Fn::GetAtt": attribute } = value;
    if (value["Fn::Sub"] !== undefined)
      throw new Error(`${stack} has an Fn::Sub: say here what it points at`);
    if (typeof ref === "string" && !ref.startsWith("AWS::"))
      return template.Parameters?.[ref] === undefined ? { Ref: idOf(ref) } : handedIn(ref);
    if (Array.isArray(attribute))
      return { "Fn::GetAtt": [idOf(String(attribute[0])), ...attribute.slice(1)] };
    return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, put(one)]));
  };
  return Object.fromEntries(
    Object.entries(template.Resources).map(([id, { Properties: said, DependsOn: after, ...rest }]) => [
      idOf(id),
      {
        ...rest,
        ...(said === undefined ? {} : { Properties: put(said) as NonNullable<Resource["Properties"]> }),
        ...(after === undefined ? {} : { DependsOn: textsAt(after).map(idOf) }),
      },
    ]),
  );
}
