// Builds the page from the description of the API. All text goes in as text, never as markup.
"use strict";

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const resolve = (document_, shape) =>
  shape && shape.$ref ? resolve(document_, shape.$ref.slice(2).split("/").reduce((at, part) => at[part], document_)) : shape;

// An example of a shape: required keys only, so that it can be sent after filling in.
const example = (description, given) => {
  const shape = resolve(description, given) || {};
  if (shape.const !== undefined) return shape.const;
  if (shape.default !== undefined) return shape.default;
  if (shape.examples) return shape.examples[0];
  if (shape.enum) return shape.enum[0];
  const choices = shape.oneOf || shape.anyOf;
  if (choices) return example(description, choices.find((each) => each.type !== "null"));
  if (shape.type === "object" || shape.properties)
    return Object.fromEntries((shape.required || []).map((name) => [name, example(description, (shape.properties || {})[name])]));
  if (shape.type === "array") return shape.minItems ? [example(description, shape.items)] : [];
  return { integer: 1, number: 1, boolean: false, string: "" }[shape.type] ?? null;
};

const field = (parameter) => {
  const id = `f${Math.random().toString(36).slice(2)}`;
  const shape = parameter.schema || {};
  const options = shape.enum || (shape.type === "boolean" ? ["true", "false"] : null);
  const input = options
    ? make("select", { id }, ...["", ...options].map((value) => make("option", { value, textContent: value })))
    : make("input", { id, placeholder: shape.default ?? "" });
  const label = make("label", { htmlFor: id, textContent: parameter.name + (parameter.required ? " *" : "") });
  const about = make("p", { className: "about", textContent: parameter.description || "" });
  return { parameter, input, row: make("div", { className: "field" }, label, input, about) };
};

const address = (path, fields) => {
  const query = new URLSearchParams();
  for (const { parameter, input } of fields) {
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    if (parameter.in === "query" && input.value) query.set(parameter.name, input.value);
  }
  return query.size ? `${path}?${query}` : path;
};

const headers = (fields, media) => {
  const given = { Authorization: `Bearer ${document.getElementById("key").value.trim()}` };
  for (const { parameter, input } of fields) if (parameter.in === "header" && input.value) given[parameter.name] = input.value;
  return media ? { ...given, "Content-Type": media } : given;
};

const shown = async (response) => {
  const text = await response.text();
  const lines = [`${response.status} ${response.statusText}`];
  for (const name of ["content-type", "location", "etag", "retry-after", "x-request-id"])
    if (response.headers.has(name)) lines.push(`${name}: ${response.headers.get(name)}`);
  const isJson = (response.headers.get("content-type") || "").includes("json");
  return `${lines.join("\n")}\n\n${isJson && text ? JSON.stringify(JSON.parse(text), null, 2) : text.slice(0, 20000)}`;
};

const form = (description, path, method, operation) => {
  const fields = operation.parameters.map(field);
  const media = operation.requestBody && Object.keys(operation.requestBody.content)[0];
  const body = media && make("textarea", { spellcheck: false, value: JSON.stringify(example(description, operation.requestBody.content[media].schema), null, 2) });
  if (body) body.setAttribute("aria-label", "Body");
  const out = make("pre", { hidden: true });
  out.setAttribute("role", "status");
  const send = make("button", { type: "button", textContent: "Send" });
  send.addEventListener("click", async () => {
    out.hidden = false;
    try {
      const options = { method: method.toUpperCase(), headers: headers(fields, media), body: body ? body.value : undefined };
      out.textContent = await shown(await fetch(address(path, fields), options));
    } catch (error) {
      out.textContent = String(error);
    }
  });
  return make("details", {}, make("summary", { textContent: "Try it" }), ...fields.map((each) => each.row), ...(body ? [body] : []), make("p", {}, send), out);
};

const answers = (operation) => {
  const statuses = Object.keys(operation.responses).join(", ");
  return make("p", { className: "scope", textContent: `${operation.description} Answers: ${statuses}.` });
};

const build = (description) => {
  const main = document.getElementById("operations");
  const list = document.getElementById("list");
  main.replaceChildren();
  for (const { name } of description.tags) {
    list.append(make("h2", { textContent: name }));
    for (const [path, methods] of Object.entries(description.paths))
      for (const [method, operation] of Object.entries(methods)) {
        if (!operation.tags.includes(name)) continue;
        const id = operation.operationId;
        list.append(make("a", { href: `#${id}`, textContent: operation.summary }));
        const heading = make("h3", {}, make("b", { textContent: method.toUpperCase() }), path);
        main.append(make("section", { id }, heading, make("p", { textContent: operation.summary }), answers(operation), form(description, path, method, operation)));
      }
  }
};

fetch("/v1/openapi.json").then((response) => response.json()).then(build).catch((error) => {
  document.getElementById("operations").textContent = `The description could not be loaded: ${error}`;
});
