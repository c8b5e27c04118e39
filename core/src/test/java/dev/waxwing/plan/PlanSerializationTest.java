package dev.waxwing.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.function.TypeRef;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Step;
import dev.waxwing.render.Rendering;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A plan can travel: every operator's kernel, function and option is serializable. */
final class PlanSerializationTest {

    @Test
    void planOfEveryOperatorIsTheSameAfterATrip() throws Exception {
        Plan plan = EveryOperator.plan();

        Plan arrived = trip(plan);

        assertThat(Rendering.JSON.of(arrived)).isEqualTo(Rendering.JSON.of(plan));
        assertThat(arrived.renames()).isEqualTo(plan.renames());
        assertThat(arrived.coreSteps())
                .extracting(CoreStep::id)
                .isEqualTo(plan.coreSteps().stream().map(CoreStep::id).toList());
        assertThat(arrived.coreSteps())
                .filteredOn(step -> step.spec() != null)
                .extracting(step -> ((CoreOperator.Stateful) step.operator()).spec().stateType())
                .filteredOn(type -> type != null)
                .extracting(TypeRef::toString)
                .contains("java.lang.Long", "java.util.List<java.lang.String>");
    }

    @Test
    void noOperatorIsLeftOut() {
        Set<String> used = new TreeSet<>();
        addOperators(EveryOperator.plan().steps(), used);
        Set<String> operators = operatorMethods(Stream.class);
        operators.addAll(operatorMethods(KeyedStream.class));

        assertThat(operators).hasSizeGreaterThan(40);
        assertThat(operators)
                .filteredOn(operator -> !used.contains(operator))
                .as("operators that no step of EveryOperator has; add one to it")
                .isEmpty();
    }

    /** Methods that begin with a step's name; those for which the operator is called otherwise. */
    private static Set<String> operatorMethods(Class<?> stream) {
        Set<String> names = new TreeSet<>();
        for (Method method : stream.getMethods()) {
            if (method.getParameterCount() > 0 && method.getParameterTypes()[0] == String.class) {
                names.add(
                        switch (method.getName()) {
                            case "mapValueAsync" -> "mapAsync";
                            case "then", "outputs" -> "composite";
                            default -> method.getName();
                        });
            }
        }
        names.remove("formerly");
        return names;
    }

    private static void addOperators(List<Step> steps, Set<String> operators) {
        for (Step step : steps) {
            operators.add(step.operatorName());
            addOperators(step.substeps(), operators);
        }
    }

    private static Plan trip(Plan plan) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(plan);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Plan) in.readObject();
        }
    }
}
