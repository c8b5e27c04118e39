package dev.waxwing.cli.kill;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.LocatableEvent;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.StepRequest;
import dev.waxwing.cli.ChildJvm;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets a process run until one of its threads comes to a place in the code, and holds that thread
 * there while all others go on. The code knows nothing of it. Confined to one thread.
 */
final class Debugger implements Hold {

    private static final String START_MILLIS_MAX = "60000";
    private static final long SILENCE_MILLIS_MAX = 120_000;
    private static final int SUSPENDED = EventRequest.SUSPEND_EVENT_THREAD;

    private final ListeningConnector connector;
    private final Map<String, Connector.Argument> arguments;
    private final String address;
    private final CodePoint point;
    private int timesLeft;
    private @Nullable VirtualMachine machine;

    /**
     * @param times how often a thread comes there until it is held, counted over all threads
     */
    Debugger(CodePoint point, int times) throws IOException {
        this.point = point;
        timesLeft = times;
        connector =
                Bootstrap.virtualMachineManager().listeningConnectors().stream()
                        .filter(each -> each.transport().name().equals("dt_socket"))
                        .findFirst()
                        .orElseThrow();
        arguments = connector.defaultArguments();
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("port").setValue("0");
        arguments.get("timeout").setValue(START_MILLIS_MAX);
        try {
            address = connector.startListening(arguments);
        } catch (IllegalConnectorArgumentsException e) {
            throw new AssertionError(e);
        }
    }

    /* The process waits at its start until it is told what to do. */
    @Override
    public List<String> jvmOptions() {
        return List.of("-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address);
    }

    @Override
    public boolean isReachedBy(ChildJvm process) throws Exception {
        VirtualMachine connected = connector.accept(arguments);
        machine = connected;
        try {
            ClassPrepareRequest loads = connected.eventRequestManager().createClassPrepareRequest();
            loads.addClassFilter(point.className());
            loads.setSuspendPolicy(SUSPENDED);
            loads.enable();
            while (true) {
                EventSet events = connected.eventQueue().remove(SILENCE_MILLIS_MAX);
                if (events == null) {
                    throw new AssertionError("the process neither ends nor comes to " + point);
                }
                for (Event event : events) {
                    if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
                        return false;
                    }
                    if (isThere(event)) {
                        return true;
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            return false;
        }
    }

    @Override
    public void letGo() {
        VirtualMachine connected = machine;
        machine = null;
        try {
            if (connected != null) {
                connected.dispose();
            }
        } catch (VMDisconnectedException e) {
            /* It has ended, which is as good. */
        }
    }

    @Override
    public void close() throws IOException {
        letGo();
        try {
            connector.stopListening(arguments);
        } catch (IllegalConnectorArgumentsException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isThere(Event event) throws Exception {
        if (event instanceof ClassPrepareEvent loaded) {
            setBreakpoints(loaded.referenceType(), point.methodName());
        }
        if (event instanceof BreakpointEvent reached && --timesLeft == 0) {
            if (point.edge() == CodePoint.Edge.ENTRY) {
                return true;
            }
            stepOut(reached);
        }
        return event instanceof StepEvent;
    }

    private static void setBreakpoints(ReferenceType type, String methodName) {
        for (Method method : type.methodsByName(methodName)) {
            if (method.location() != null && !method.isBridge()) {
                BreakpointRequest request =
                        type.virtualMachine()
                                .eventRequestManager()
                                .createBreakpointRequest(method.location());
                request.setSuspendPolicy(SUSPENDED);
                request.enable();
            }
        }
    }

    private static void stepOut(LocatableEvent from) {
        StepRequest request =
                from.virtualMachine()
                        .eventRequestManager()
                        .createStepRequest(
                                from.thread(), StepRequest.STEP_MIN, StepRequest.STEP_OUT);
        request.addCountFilter(1);
        request.setSuspendPolicy(SUSPENDED);
        request.enable();
    }
}
