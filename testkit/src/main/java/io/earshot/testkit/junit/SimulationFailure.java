package io.earshot.testkit.junit;

/** Travels with the failure of a simulated test and says how to see it again. It has no stack trace: it is a report. */
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    SimulationFailure(String message) {
        super(message);
    }

    /** Does nothing: where a report was made says nothing. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
