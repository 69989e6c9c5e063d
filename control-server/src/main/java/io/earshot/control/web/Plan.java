package io.earshot.control.web;

import io.earshot.control.text.Command.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a request comes to: an answer, or a function to run first. */
sealed interface Plan {
    /** An answer at once. */
    record Reply(RestAnswer answer) implements Plan { }

    /**
     * A function to run.
     *
     * @param then makes the answer of the function's result
     */
    record Invoke(String function, List<Parameter> parameters, Function<String, RestAnswer> then) implements Plan {
        public Invoke {
            parameters = List.copyOf(parameters);
        }
    }

    /** Returns parameters by position. */
    static List<Parameter> positional(Object... values) {
        List<Parameter> parameters = new ArrayList<>();
        for (Object value : values) {
            parameters.add(new Parameter("", value.toString()));
        }
        return parameters;
    }
}
