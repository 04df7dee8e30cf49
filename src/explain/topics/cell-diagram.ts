import { type Diagram, say } from "../topic.ts";

const DRAWING = `
c_{t-1} ════→(×)═════════════→(+)═════════════════════════╤═══→ c_t
              ↑                ↑                          ↓
              │                │                       ┌──────┐
              │                │                       │ tanh │
              │                │                       └──┬───┘
              │                │                          ↓
              │          ┌───→(×)←───┐           ┌──────→(×)──→ h_t
             f_t        i_t         u_t         o_t
          ┌───┴───┐  ┌───┴───┐   ┌───┴───┐   ┌───┴───┐
          │   σ   │  │   σ   │   │ tanh  │   │   σ   │
          └───────┘  └───────┘   └───────┘   └───────┘
              ↑ z_f      ↑ z_i       ↑ z_u       ↑ z_o
h_{t-1} ─┬────┴──────────┴───────────┴───────────┘
x_t ─────┘`;

/** One step of the cell: the memory line on top, the gates below it, what they read at the bottom. */
export const cellDiagram: Diagram = {
  drawing: DRAWING.slice(1),
  caption: say`No line leads from $h_{t-1}$ to $c_{t-1}$: $c_{t-1}$ comes from the step before and does not depend on $h_{t-1}$, which reaches $c_t$ through $f_t$, $i_t$ and $u_t$ alone.`,
};
