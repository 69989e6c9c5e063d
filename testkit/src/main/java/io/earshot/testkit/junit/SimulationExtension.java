package io.earshot.testkit.junit;

import io.earshot.api.id.IdSource;
import io.earshot.testkit.ManualTicker;
import io.earshot.testkit.Transcript;
import io.earshot.testkit.net.VirtualNetwork;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link Simulated} does. */
@SuppressWarnings("exports") // who uses it has JUnit, which this module requires of nobody else
public final class SimulationExtension implements ParameterResolver, TestExecutionExceptionHandler {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SimulationExtension.class);
    private static final Map<Class<?>, Function<VirtualNetwork, Object>> PARAMETERS = Map.of(
        VirtualNetwork.class, network -> network,
        ManualTicker.class, VirtualNetwork::ticker,
        Transcript.class, VirtualNetwork::transcript,
        IdSource.class, network -> network.ids("test"));

    /** For JUnit. */
    public SimulationExtension() {
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.get(parameter.getParameter().getType()).apply(network(context));
    }

    /** One network for each test: all its parameters belong together. */
    private static VirtualNetwork network(ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(context.getUniqueId(),
            key -> VirtualNetwork.seeded(seed(context)), VirtualNetwork.class);
    }

    private static long seed(ExtensionContext context) {
        return Long.getLong(Simulated.SEED_PROPERTY, context.getElement()
            .flatMap(element -> AnnotationSupport.findAnnotation(element, Simulated.class))
            .or(() -> context.getTestClass().flatMap(type -> AnnotationSupport.findAnnotation(type, Simulated.class)))
            .map(Simulated::seed).orElse(1L));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        VirtualNetwork network = network(context);
        failure.addSuppressed(new SimulationFailure("simulation with seed " + network.seed() + " at " + network.now()
            + " ns; run it again with -D" + Simulated.SEED_PROPERTY + '=' + network.seed() + "; transcript:\n" + network.transcript()));
        throw failure;
    }
}
