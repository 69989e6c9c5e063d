package io.earshot.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test, or every test of a class, in a simulation of its own: parameters of the types {@link
 * io.earshot.testkit.net.VirtualNetwork}, {@link io.earshot.testkit.ManualTicker}, {@link io.earshot.testkit.Transcript} and {@link
 * io.earshot.api.id.IdSource} are filled in. When the test fails, its seed and the transcript are part of the failure.
 */
@SuppressWarnings("exports") // who uses it has JUnit, which this module requires of nobody else
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SimulationExtension.class)
public @interface Simulated {
    /** The system property that replaces every seed, to try others: {@code -Dearshot.seed=7}. */
    String SEED_PROPERTY = "earshot.seed";

    /** Returns what all chance of the simulation comes from. */
    long seed() default 1;
}
