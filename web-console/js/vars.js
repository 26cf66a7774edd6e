import { noChange } from 'lit';
import { directive, Directive } from 'lit/directive.js';

// Sets CSS custom properties of an element through the CSSOM: `<i ${vars({'--level': 0.5})}>`.
// Lit's own styleMap writes a style attribute at first, which the Content-Security-Policy forbids.

class Vars extends Directive {
  render() {
    return noChange;
  }

  update({ element }, [values]) {
    for (const [name, value] of Object.entries(values)) element.style.setProperty(name, value);
    return noChange;
  }
}

export const vars = directive(Vars);
