/** A program text. It is shown plain at once; its colours come when it is in sight, and move nothing. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { cachedTokens, requestTokens } from "../../code/tokens.ts";
import type { Token } from "../../code/token.ts";
import { Characters, charactersOf } from "./characters.tsx";

interface Props {
  /** The text behind the opening marks: a language and perhaps more. */
  readonly info: string;
  readonly text: string;
}

const Coloured = ({ tokens }: { readonly tokens: readonly Token[] }) => (
  <>
    {tokens.map(({ text, kind }, index) =>
      kind === undefined ? (
        charactersOf(text, index)
      ) : (
        <span key={index} class={`token ${kind}`}>
          {charactersOf(text)}
        </span>
      ),
    )}
  </>
);

export const CodeBlock = ({ info, text }: Props) => {
  const block = useRef<HTMLPreElement>(null);
  const job = useMemo(
    () => ({
      language: info
        .split(/[\s{,]/u, 1)
        .join("")
        .toLowerCase(),
      text,
    }),
    [info, text],
  );
  const coloured = useSignal<{ readonly job: typeof job; readonly tokens: readonly Token[] } | undefined>(
    undefined,
  );
  const tokens = cachedTokens(job) ?? (coloured.value?.job === job ? coloured.value.tokens : undefined);
  const isPlain = job.language === "" || tokens !== undefined;

  useEffect(() => {
    if (block.current === null || isPlain) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void requestTokens(job).then((tokens) => (coloured.value = { job, tokens }));
    });
    observer.observe(block.current);
    return () => observer.disconnect();
  }, [job, isPlain]);

  return (
    <pre dir="ltr" ref={block}>
      {info !== "" && <span class="language">{info}</span>}
      <code>
        {tokens === undefined || tokens.length === 0 ? (
          <Characters text={text} />
        ) : (
          <Coloured tokens={tokens} />
        )}
      </code>
    </pre>
  );
};
