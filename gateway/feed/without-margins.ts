interface Step {
  readonly because: readonly {
    readonly findings: readonly { readonly test: { readonly fact: string } }[]
  }[]
}

/** A quote without what its review found of its margin, nor by which margin it was asked for. */
export function withoutMargins(quote: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const steps = quote['steps'] as readonly Step[]
  return {
    ...quote,
    steps: steps.map((step) => ({
      ...step,
      because: step.because.map((grounds) => ({
        ...grounds,
        findings: grounds.findings.filter(({ test }) => test.fact !== 'margin'),
      })),
    })),
  }
}
