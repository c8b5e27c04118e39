package dev.waxwing.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.Fixtures;
import dev.waxwing.plan.Plan;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.EpochSinkPartition;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.step.InvalidDataflowException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RenderingTest {

    private static Plan linear() {
        var flow = Dataflow.named("test_df");
        flow.input("inp", Fixtures.<Integer>source())
                .map("add_one", n -> n + 1)
                .output("out", Fixtures.sink());
        return flow.plan();
    }

    private static Plan fanOut() {
        var flow = Dataflow.named("test_df");
        var numbers = flow.input("inp", Fixtures.<Integer>source());
        numbers.map("add_one", n -> n + 1).output("out_one", Fixtures.sink());
        numbers.map("add_two", n -> n + 2).output("out_two", Fixtures.sink());
        return flow.plan();
    }

    private static Plan multiPort() {
        var flow = Dataflow.named("test_df");
        flow.input("inp_one", Fixtures.<Integer>source())
                .merge("merge", flow.input("inp_two", Fixtures.<Integer>source()))
                .output("out", Fixtures.sink());
        return flow.plan();
    }

    @Test
    void jsonOfALinearDataflow() {
        assertThat(Rendering.JSON.of(linear()))
                .isEqualTo(
                        """
                        {
                          "typ": "RenderedDataflow",
                          "flow_id": "test_df",
                          "substeps": [
                            {
                              "typ": "RenderedOperator",
                              "op_type": "input",
                              "step_name": "inp",
                              "step_id": "test_df.inp",
                              "inp_ports": [],
                              "out_ports": [
                                {
                                  "typ": "RenderedPort",
                                  "port_name": "down",
                                  "port_id": "test_df.inp.down",
                                  "from_port_ids": [],
                                  "from_stream_ids": []
                                }
                              ],
                              "substeps": []
                            },
                            {
                              "typ": "RenderedOperator",
                              "op_type": "map",
                              "step_name": "add_one",
                              "step_id": "test_df.add_one",
                              "inp_ports": [
                                {
                                  "typ": "RenderedPort",
                                  "port_name": "up",
                                  "port_id": "test_df.add_one.up",
                                  "from_port_ids": [
                                    "test_df.inp.down"
                                  ],
                                  "from_stream_ids": [
                                    "test_df.inp.down"
                                  ]
                                }
                              ],
                              "out_ports": [
                                {
                                  "typ": "RenderedPort",
                                  "port_name": "down",
                                  "port_id": "test_df.add_one.down",
                                  "from_port_ids": [
                                    "test_df.add_one.transform.down"
                                  ],
                                  "from_stream_ids": [
                                    "test_df.add_one.transform.down"
                                  ]
                                }
                              ],
                              "substeps": [
                                {
                                  "typ": "RenderedOperator",
                                  "op_type": "transform",
                                  "step_name": "transform",
                                  "step_id": "test_df.add_one.transform",
                                  "inp_ports": [
                                    {
                                      "typ": "RenderedPort",
                                      "port_name": "up",
                                      "port_id": "test_df.add_one.transform.up",
                                      "from_port_ids": [
                                        "test_df.add_one.up"
                                      ],
                                      "from_stream_ids": [
                                        "test_df.inp.down"
                                      ]
                                    }
                                  ],
                                  "out_ports": [
                                    {
                                      "typ": "RenderedPort",
                                      "port_name": "down",
                                      "port_id": "test_df.add_one.transform.down",
                                      "from_port_ids": [],
                                      "from_stream_ids": []
                                    }
                                  ],
                                  "substeps": []
                                }
                              ]
                            },
                            {
                              "typ": "RenderedOperator",
                              "op_type": "output",
                              "contract": "at least once",
                              "step_name": "out",
                              "step_id": "test_df.out",
                              "inp_ports": [
                                {
                                  "typ": "RenderedPort",
                                  "port_name": "up",
                                  "port_id": "test_df.out.up",
                                  "from_port_ids": [
                                    "test_df.add_one.down"
                                  ],
                                  "from_stream_ids": [
                                    "test_df.add_one.transform.down"
                                  ]
                                }
                              ],
                              "out_ports": [],
                              "substeps": []
                            }
                          ]
                        }""");
    }

    @Test
    void jsonOfAFanOutNamesTheSameOriginInBothConsumers() {
        assertThat(Rendering.JSON.of(fanOut()).lines().map(String::strip).toList())
                .containsSubsequence(
                        "\"port_id\": \"test_df.add_one.up\",",
                        "\"from_port_ids\": [",
                        "\"test_df.inp.down\"")
                .containsSubsequence(
                        "\"port_id\": \"test_df.add_two.up\",",
                        "\"from_port_ids\": [",
                        "\"test_df.inp.down\"");
    }

    @Test
    void jsonOfAMultiPortNamesAllOriginsInOrder() {
        assertThat(Rendering.JSON.of(multiPort()).lines().map(String::strip).toList())
                .containsSequence(
                        "\"port_name\": \"ups\",",
                        "\"port_id\": \"test_df.merge.ups\",",
                        "\"from_port_ids\": [",
                        "\"test_df.inp_one.down\",",
                        "\"test_df.inp_two.down\"",
                        "],",
                        "\"from_stream_ids\": [",
                        "\"test_df.inp_one.down\",",
                        "\"test_df.inp_two.down\"",
                        "]");
    }

    @Test
    void jsonEscapesWhatItMust() {
        var flow = Dataflow.named("back\\slash");
        flow.input("in", Fixtures.<Integer>source()).output("out", Fixtures.sink());

        assertThat(Rendering.JSON.of(flow.plan())).contains("\"back\\\\slash.in\"");
    }

    @Test
    void mermaidOfALinearDataflow() {
        assertThat(Rendering.MERMAID.of(linear()))
                .isEqualTo(
                        """
                        flowchart TD
                        subgraph "test_df (Dataflow)"
                        test_df.inp["inp (input)"]
                        test_df.add_one["add_one (map)"]
                        test_df.inp -- "down \u2192 up" --> test_df.add_one
                        test_df.out["out (output, at least once)"]
                        test_df.add_one -- "down \u2192 up" --> test_df.out
                        end""");
    }

    @Test
    void mermaidHasNumbersForStepsThatAreNoNamesToIt() {
        var flow = Dataflow.named("my flow");
        flow.input("a b", Fixtures.<Integer>source())
                .map("x --> y[\u00e9]", n -> n)
                .output("<b>#1; `&\\`</b>", Fixtures.sink());

        assertThat(Rendering.MERMAID.of(flow.plan()))
                .isEqualTo(
                        """
                        flowchart TD
                        subgraph "my flow (Dataflow)"
                        step0["a b (input)"]
                        step1["x --#62; y[\u00e9] (map)"]
                        step0 -- "down \u2192 up" --> step1
                        step2["#60;b#62;#35;1; #96;#38;#92;#96;#60;/b#62; (output, at least once)"]
                        step1 -- "down \u2192 up" --> step2
                        end""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"end", "graph", "class", "style", "subgraph", "default", "v"})
    void mermaidDoesNotTakeADataflowForAWordOfItsOwn(String word) {
        var flow = Dataflow.named(word);
        flow.input("in", Fixtures.<Integer>source()).output("end", Fixtures.sink());

        assertThat(Rendering.MERMAID.of(flow.plan()))
                .contains(
                        "\nstep0[\"in (input)\"]\nstep1[\"end (output, at least once)\"]\nstep0 -- ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a--b", "a-", "-a", "a->b", "a/b", "a|b", "a;b", "a%%b", "a==b", "{a}"})
    void mermaidHasANumberWhereANameIsSyntax(String name) {
        var flow = Dataflow.named("flow");
        flow.input(name, Fixtures.<Integer>source()).output("out-1", Fixtures.sink());

        assertThat(Rendering.MERMAID.of(flow.plan()))
                .contains("\nstep0[\"")
                .endsWith("\nstep0 -- \"down \u2192 up\" --> flow.out-1\nend");
    }

    @Test
    void mermaidOfAFanOut() {
        assertThat(Rendering.MERMAID.of(fanOut()))
                .isEqualTo(
                        """
                        flowchart TD
                        subgraph "test_df (Dataflow)"
                        test_df.inp["inp (input)"]
                        test_df.add_one["add_one (map)"]
                        test_df.inp -- "down \u2192 up" --> test_df.add_one
                        test_df.out_one["out_one (output, at least once)"]
                        test_df.add_one -- "down \u2192 up" --> test_df.out_one
                        test_df.add_two["add_two (map)"]
                        test_df.inp -- "down \u2192 up" --> test_df.add_two
                        test_df.out_two["out_two (output, at least once)"]
                        test_df.add_two -- "down \u2192 up" --> test_df.out_two
                        end""");
    }

    @Test
    void mermaidOfAMultiPort() {
        assertThat(Rendering.MERMAID.of(multiPort()))
                .isEqualTo(
                        """
                        flowchart TD
                        subgraph "test_df (Dataflow)"
                        test_df.inp_one["inp_one (input)"]
                        test_df.inp_two["inp_two (input)"]
                        test_df.merge["merge (merge)"]
                        test_df.inp_one -- "down \u2192 ups" --> test_df.merge
                        test_df.inp_two -- "down \u2192 ups" --> test_df.merge
                        test_df.out["out (output, at least once)"]
                        test_df.merge -- "down \u2192 up" --> test_df.out
                        end""");
    }

    @Test
    void plantUmlHasAComponentForEachStepAndSubstep() {
        assertThat(Rendering.PLANTUML.of(linear()))
                .isEqualTo(
                        """
                        @startuml
                        component test_df.inp [
                            test_df.inp (input)
                        ]
                        component test_df.inp {
                            portout test_df.inp.down
                        }
                        component test_df.add_one [
                            test_df.add_one (map)
                        ]
                        component test_df.add_one {
                            portin test_df.add_one.up
                            portout test_df.add_one.down
                            component test_df.add_one.transform [
                                test_df.add_one.transform (transform)
                            ]
                            component test_df.add_one.transform {
                                portin test_df.add_one.transform.up
                                portout test_df.add_one.transform.down
                            }
                            test_df.add_one.up --> test_df.add_one.transform.up : test_df.inp.down
                            test_df.add_one.transform.down --> test_df.add_one.down : test_df.add_one.transform.down
                        }
                        test_df.inp.down --> test_df.add_one.up : test_df.inp.down
                        component test_df.out [
                            test_df.out (output, at least once)
                        ]
                        component test_df.out {
                            portin test_df.out.up
                        }
                        test_df.add_one.down --> test_df.out.up : test_df.add_one.transform.down
                        @enduml""");
    }

    @Test
    void everyDrawingTellsHowASinkDelivers() {
        var flow = Dataflow.named("flow");
        flow.input("in", Fixtures.<Integer>source()).output("out", new StagedSink());
        Plan plan = flow.plan();

        assertThat(Rendering.JSON.of(plan)).contains("\"contract\": \"two-phase\"");
        assertThat(Rendering.MERMAID.of(plan)).contains("out (output, two-phase)");
        assertThat(Rendering.PLANTUML.of(plan)).contains("flow.out (output, two-phase)");
    }

    @Test
    void sinkThatDoesNotTellHowItDeliversIsRefusedWithItsStep() {
        var flow = Dataflow.named("flow");
        flow.input("in", Fixtures.<Integer>source()).output("out", new VagueSink());

        assertThatThrownBy(flow::plan)
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("which kind of partition its buildPart returns");
    }

    private static final class StagedSink implements EpochSink<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public TwoPhasePartition<Integer, String> buildPart(String stepId, String forPart) {
            throw new AssertionError("a plan opens nothing");
        }
    }

    private static final class VagueSink implements EpochSink<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public EpochSinkPartition<Integer> buildPart(String stepId, String forPart) {
            throw new AssertionError("a plan opens nothing");
        }
    }
}
