package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicArgument.Kind.NUMBER;
import static io.earshot.sdk.classic.ClassicArgument.Kind.TEXT;

import java.util.List;
import java.util.function.BiFunction;

/** One classic function: its names, arguments and result, and what it does. Immutable; {@link ClassicFunctions} has all of them. */
public final class ClassicFunction {
    private final String name;
    private final Result result;
    private final List<ClassicArgument> arguments;
    private final String summary;
    private final BiFunction<ClassicPhone, ClassicArguments, Object> handler;
    private final List<String> aliases;
    private final boolean starting;

    /** What a function returns. */
    public enum Result {
        /** Whether something was done or has begun. */
        DONE,
        /** The answer to a question. */
        YES_NO,
        /** A number; -1 when there is none. */
        NUMBER,
        /** A text; empty when there is none. */
        TEXT,
        /** Bytes; none when there are none. */
        BYTES,
        /** Nothing. */
        NOTHING
    }

    private ClassicFunction(String name, Result result, List<ClassicArgument> arguments, String summary,
            BiFunction<ClassicPhone, ClassicArguments, Object> handler, List<String> aliases, boolean starting) {
        this.name = name;
        this.result = result;
        this.arguments = List.copyOf(arguments);
        this.summary = summary;
        this.handler = handler;
        this.aliases = List.copyOf(aliases);
        this.starting = starting;
    }

    static ClassicFunction of(Result result, String name, String summary, BiFunction<ClassicPhone, ClassicArguments, Object> handler,
            ClassicArgument... arguments) {
        return new ClassicFunction(name, result, List.of(arguments), summary, handler, List.of(), false);
    }

    /** Returns a function that is also called so. */
    ClassicFunction also(String... names) {
        return new ClassicFunction(name, result, arguments, summary, handler, List.of(names), starting);
    }

    /** Returns a function that starts the phone when it is not. */
    ClassicFunction starting() {
        return new ClassicFunction(name, result, arguments, summary, handler, aliases, true);
    }

    /** Returns the name, as {@code API_Call}. */
    public String name() {
        return name;
    }

    /** Returns other names it is known by. */
    public List<String> aliases() {
        return aliases;
    }

    /** Returns what it returns. */
    public Result result() {
        return result;
    }

    /** Returns the arguments in their order; any may be left out. */
    public List<ClassicArgument> arguments() {
        return arguments;
    }

    /** Returns what it does, a sentence. */
    public String summary() {
        return summary;
    }

    boolean isStarting() {
        return starting;
    }

    /** The arguments as a command means them: API_SendChat with three positions has no group. */
    List<ClassicArgument> arguments(ClassicCommand command) {
        boolean three = name.equals("API_SendChat") && command.arguments().containsKey("param3")
                && !command.arguments().containsKey("param4");
        return three ? arguments.stream().filter(argument -> !argument.name().equals("group")).toList() : arguments;
    }

    /** Other spellings of an argument, which documents use. */
    List<String> otherNames(String argument) {
        return switch (argument) {
            case "reasontext" -> List.of("reason");
            case "hold" -> List.of("state");
            case "msg" -> List.of("message");
            case "username" -> List.of("userlist", "user");
            case "userlist" -> List.of("username", "contacts");
            case "number" -> List.of("peer");
            default -> List.of();
        };
    }

    Object run(ClassicPhone phone, ClassicArguments given) {
        return handler.apply(phone, given);
    }

    /** What is returned when it fails. */
    Object failure() {
        return switch (result) {
            case DONE, YES_NO -> false;
            case NUMBER -> -1;
            case TEXT, NOTHING -> "";
            case BYTES -> new byte[0];
        };
    }

    /** Returns the Java declaration, as {@code boolean API_Call(int line, String peer)}. */
    public String signature() {
        String type = switch (result) {
            case DONE, YES_NO -> "boolean";
            case NUMBER -> "int";
            case TEXT -> "String";
            case BYTES -> "byte[]";
            case NOTHING -> "void";
        };
        return type + " " + name + "(" + String.join(", ", arguments.stream().map(ClassicFunction::declared).toList()) + ")";
    }

    private static String declared(ClassicArgument argument) {
        String type = argument.kind() == NUMBER ? "int" : argument.kind() == TEXT ? "String" : switch (argument.kind()) {
            case YES_NO -> "boolean";
            case BYTES -> "byte[]";
            default -> "InputStream";
        };
        return type + " " + argument.name();
    }
}
