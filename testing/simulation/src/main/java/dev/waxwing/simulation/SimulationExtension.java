package dev.waxwing.simulation;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;

/** Calls a {@link SimulationTest} once a seed. */
final class SimulationExtension implements ParameterResolver, InvocationInterceptor {

    SimulationExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Simulation.class;
    }

    /** A stand-in; each call gets a world of its own. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return new Simulation(0);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext test) {
        invocation.skip();
        Method method = call.getExecutable();
        Object target = test.getRequiredTestInstance();
        int seeds = method.getAnnotation(SimulationTest.class).seeds();
        Simulation.seeds(
                seeds,
                world -> ReflectionSupport.invokeMethod(method, target, arguments(call, world)));
    }

    private static Object[] arguments(ReflectiveInvocationContext<Method> call, Simulation world) {
        return call.getArguments().stream()
                .map(argument -> argument instanceof Simulation ? world : argument)
                .toArray();
    }
}
