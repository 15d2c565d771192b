import { getContext, setContext } from 'svelte';
import { t } from './language.svelte';

// The errors of a form's fields, by the fields' ids, from the form to the fields in it.
type Errors = Record<string, string>;
const place = Symbol('errors');

// Asked while a component begins, as Svelte's contexts are.
export function shareErrors(errors: () => Errors): void {
  setContext(place, errors);
}

export function sharedErrors(): () => Errors {
  return getContext(place) ?? (() => ({}));
}

// What to say at those of the fields in which nothing stands.
export function empty(values: Record<string, string>): Errors {
  const ids = Object.keys(values).filter((id) => !values[id]?.trim());
  return Object.fromEntries(ids.map((id) => [id, t().form.required]));
}
