package io.earshot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.control.text.Functions;
import io.earshot.control.text.Signature;
import io.earshot.sdk.classic.ClassicArgument;
import io.earshot.sdk.classic.ClassicFunction;
import io.earshot.sdk.classic.ClassicFunctions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The control server's table of functions and the phone's are the same: what one offers the other does. */
class TablesTest {
    private static Set<String> ofServer() {
        Set<String> rows = new TreeSet<>();
        for (Signature one : new Functions().all()) {
            rows.add(type(one.returns()) + " " + one.name() + one.arguments().stream()
                    .map(argument -> type(argument.type()) + " " + argument.name().toLowerCase(Locale.ROOT)).toList());
        }
        return rows;
    }

    private static String type(Signature.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static Set<String> ofPhone() {
        return ClassicFunctions.all().stream().map(one -> result(one.result()) + " " + one.name() + one.arguments().stream()
                .map(argument -> kind(argument) + " " + argument.name()).toList()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String result(ClassicFunction.Result result) {
        return switch (result) {
            case DONE, YES_NO -> "boolean";
            case NUMBER -> "int";
            case TEXT -> "string";
            case BYTES -> "bytes";
            case NOTHING -> "void";
        };
    }

    private static String kind(ClassicArgument argument) {
        return switch (argument.kind()) {
            case TEXT -> "string";
            case NUMBER -> "int";
            case YES_NO -> "boolean";
            case BYTES, STREAM -> "bytes"; // as Base64 in a text
        };
    }

    /** API_Poll is a name of API_GetNotifications for the phone, and a function of its own for who delivers them. */
    @Test
    void theServerOffersWhatThePhoneDoesAndNothingElse() {
        Set<String> phone = ofPhone();
        assertEquals(List.of("API_Poll"), ClassicFunctions.find("API_GetNotifications").orElseThrow().aliases().stream()
                .filter("API_Poll"::equals).toList());
        phone.add("string API_Poll[]");
        assertEquals(String.join("\n", phone), String.join("\n", ofServer()));
    }
}
