/** A text with the formatting that its author typed. It becomes elements by their kind and text nodes, never markup. */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { absurd } from "../../src/domain/decision.ts";
import type { Node } from "../markdown/node.ts";
import { askForParser, mayBeFormatted, parser } from "../markdown/parser.ts";
import { Characters } from "./characters.tsx";
import { CodeBlock } from "./code-block.tsx";
import { Words } from "./words.tsx";

/** Within a link no address makes another one. */
const shown = (nodes: readonly Node[], isLinked: boolean): ComponentChildren =>
  nodes.map((node, index) => <Shown key={index} node={node} isLinked={isLinked} />);

const Shown = ({ node, isLinked }: { readonly node: Node; readonly isLinked: boolean }) => {
  switch (node.kind) {
    case "text":
      return isLinked ? <Characters text={node.text} /> : <Words text={node.text} />;
    case "code":
      return (
        <code>
          <Characters text={node.text} />
        </code>
      );
    case "codeBlock":
      return <CodeBlock info={node.language} text={node.text} />;
    case "link":
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer">
          {shown(node.nodes, true)}
        </a>
      );
    case "strong":
      return <strong>{shown(node.nodes, isLinked)}</strong>;
    case "emphasis":
      return <em>{shown(node.nodes, isLinked)}</em>;
    case "struck":
      return <s>{shown(node.nodes, isLinked)}</s>;
    case "paragraph":
      return <p dir="auto">{shown(node.nodes, isLinked)}</p>;
    case "quote":
      return <blockquote>{shown(node.nodes, isLinked)}</blockquote>;
    case "bullets":
      return <ul>{shown(node.nodes, isLinked)}</ul>;
    case "numbers":
      return <ol start={node.start}>{shown(node.nodes, isLinked)}</ol>;
    case "item":
      return <li dir="auto">{shown(node.nodes, isLinked)}</li>;
    default:
      return absurd(node);
  }
};

export const FormattedText = ({ text }: { readonly text: string }) => {
  const marked = useMemo(() => mayBeFormatted(text), [text]);
  const parse = marked ? parser.value : undefined;
  const isWaiting = marked && parse === undefined;
  useEffect(() => {
    if (isWaiting) void askForParser();
  }, [isWaiting]);
  const nodes = useMemo(() => parse?.(text), [parse, text]);
  return nodes === undefined ? (
    <span class="text">
      <Words text={text} />
    </span>
  ) : (
    <div class="text formatted">{shown(nodes, false)}</div>
  );
};
