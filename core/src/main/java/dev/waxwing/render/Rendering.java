package dev.waxwing.render;

import dev.waxwing.plan.Plan;

/** A form of text that shows a plan. */
public enum Rendering {

    /** A Mermaid flow chart of the top-level steps. */
    MERMAID {
        @Override
        public String of(Plan plan) {
            return new PlanMermaid(plan).text();
        }
    },

    /** A PlantUML component diagram of all steps and substeps. */
    PLANTUML {
        @Override
        public String of(Plan plan) {
            return new PlanPlantUml(plan).text();
        }
    },

    /** Indented JSON of all steps and substeps. */
    JSON {
        @Override
        public String of(Plan plan) {
            return new PlanJson(plan).text();
        }
    };

    /** The text of a plan; the same for equal plans. */
    public abstract String of(Plan plan);
}
