/** A text with the formatting that its author typed. It becomes elements and text nodes, never markup. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { absurd } from "../../../src/domain/decision.ts";
import { frames } from "../../frame-budget.ts";
import type { Node } from "../../markdown/node.ts";
import { loadParser, mayBeFormatted, parser, parsing } from "../../markdown/parser.ts";
import { charactersOf } from "./characters.tsx";
import { CodeBlock } from "./code-block.tsx";
import { linkedText } from "./linked-text.tsx";

/** Addresses within a link do not become links. */
const shown = (nodes: readonly Node[], isLinked: boolean): ComponentChildren =>
  nodes.map((node, index) => elementOf(node, index, isLinked));

/** A function and not a component, because a text may have a thousand nodes. */
const elementOf = (node: Node, key: number, isLinked: boolean): ComponentChildren => {
  switch (node.kind) {
    case "text":
      return isLinked ? charactersOf(node.text, key) : linkedText(node.text, key);
    case "code":
      return <code key={key}>{charactersOf(node.text)}</code>;
    case "codeBlock":
      return <CodeBlock key={key} info={node.language} text={node.text} />;
    case "link":
      return (
        <a key={key} href={node.href} target="_blank" rel="noopener noreferrer">
          {shown(node.nodes, true)}
        </a>
      );
    case "strong":
      return <strong key={key}>{shown(node.nodes, isLinked)}</strong>;
    case "emphasis":
      return <em key={key}>{shown(node.nodes, isLinked)}</em>;
    case "struck":
      return <s key={key}>{shown(node.nodes, isLinked)}</s>;
    case "paragraph":
      return (
        <p key={key} dir="auto">
          {shown(node.nodes, isLinked)}
        </p>
      );
    case "quote":
      return <blockquote key={key}>{shown(node.nodes, isLinked)}</blockquote>;
    case "bullets":
      return <ul key={key}>{shown(node.nodes, isLinked)}</ul>;
    case "numbers":
      return (
        <ol key={key} start={node.start}>
          {shown(node.nodes, isLinked)}
        </ol>
      );
    case "item":
      return (
        <li key={key} dir="auto">
          {shown(node.nodes, isLinked)}
        </li>
      );
    default:
      return absurd(node);
  }
};

export const FormattedText = ({ text }: { readonly text: string }) => {
  const marked = useMemo(() => mayBeFormatted(text), [text]);
  const parse = marked ? parser.value : undefined;
  const isWaiting = marked && parse === undefined;
  useLayoutEffect(() => {
    if (isWaiting) void loadParser();
  }, [isWaiting]);
  const read = useRef<{ readonly text: string; readonly nodes: readonly Node[] }>(undefined);
  if (parse !== undefined && read.current?.text !== text) {
    if (parsing.take(text.length)) read.current = { text, nodes: parse(text) };
    else void frames.value;
  }
  const nodes = marked && read.current?.text === text ? read.current.nodes : undefined;
  const children = useMemo(
    () => (nodes === undefined ? linkedText(text) : shown(nodes, false)),
    [nodes, text],
  );
  return nodes === undefined ? (
    <span class="text">{children}</span>
  ) : (
    <div class="text formatted">{children}</div>
  );
};
