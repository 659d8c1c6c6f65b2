import type { Child } from "hono/jsx";

interface FieldProps {
  name: string;
  label: string;
  value?: string;
  /** What is wrong with the value. */
  error?: string;
  hint?: string;
  type?: "text" | "email" | "tel" | "password";
  autocomplete?: string;
  isRequired?: boolean;
  optionalWord?: string;
  lengthMax?: number;
  half?: boolean;
  children?: Child;
}

/** A labelled input (or, as its child, a select) with its error beside it, announced together. */
export function Field(props: FieldProps) {
  const {
    name,
    label,
    value,
    error,
    hint,
    type = "text",
    autocomplete,
    isRequired,
    optionalWord,
    lengthMax,
    half,
    children,
  } = props;
  const described = [error && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(" ");
  return (
    <div class={`field${half ? " field-half" : ""}${error ? " field-wrong" : ""}`}>
      <label for={name}>
        <span data-label={name}>{label}</span>
        {!isRequired && optionalWord && <span class="field-optional"> {optionalWord}</span>}
      </label>
      {children ?? (
        <input
          id={name}
          name={name}
          type={type}
          value={value}
          autocomplete={autocomplete}
          required={isRequired}
          maxlength={lengthMax}
          aria-invalid={error ? "true" : undefined}
          aria-describedby={described || undefined}
        />
      )}
      {hint && (
        <p class="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
