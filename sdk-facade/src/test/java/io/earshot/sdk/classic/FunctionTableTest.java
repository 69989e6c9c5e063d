package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import webphone.webphone;

/** The table of functions has every function of the specification, and so has webphone, with the same declarations. */
class FunctionTableTest {
    private static final Pattern DECLARATION = Pattern.compile("(\\S+) (\\w+)\\((.*)\\)");

    /** A declaration of the specification. */
    private record Declared(String type, String name, List<String> types, List<String> names) {
        static Declared parse(String line) {
            Matcher parts = DECLARATION.matcher(line);
            assertTrue(parts.matches(), line);
            List<String[]> arguments = Arrays.stream(parts.group(3).split(", ")).filter(one -> !one.isEmpty()).map(one -> one.split(" "))
                    .toList();
            return new Declared(parts.group(1), parts.group(2), arguments.stream().map(one -> one[0]).toList(),
                    arguments.stream().map(one -> one[1]).toList());
        }
    }

    private static List<Declared> declared() throws IOException {
        return Documents.list("function-signatures.txt").stream().map(Declared::parse).toList();
    }

    @Test
    void everyFunctionIsInTheTableWithItsArguments() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Declared wanted : declared()) {
            Optional<ClassicFunction> found = ClassicFunctions.find(wanted.name);
            List<String> names = found.map(one -> one.arguments().stream().map(ClassicArgument::name).toList()).orElse(List.of("missing"));
            boolean chat = wanted.name.equals("API_SendChat") && wanted.names.size() == 3;
            List<String> here = chat ? List.of(names.get(0), names.get(1), names.get(3)) : names;
            if (found.isEmpty() || here.size() < wanted.names.size() || !here.subList(0, wanted.names.size()).equals(wanted.names)) {
                wrong.add(wanted + " is not " + names);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void webphoneHasEveryDeclaration() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Declared wanted : declared()) {
            boolean found = Arrays.stream(webphone.class.getMethods()).anyMatch(method -> is(method, wanted));
            if (!found) {
                wrong.add(wanted.toString());
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static boolean is(Method method, Declared wanted) {
        return method.getName().equals(wanted.name) && method.getReturnType().getSimpleName().equals(wanted.type)
                && Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList().equals(wanted.types);
    }

    @Test
    void everyFunctionOfTheTableIsInWebphoneAndEveryOneOfWebphoneInTheTable() {
        TreeSet<String> methods = Arrays.stream(webphone.class.getMethods()).filter(one -> one.getDeclaringClass() != Object.class)
                .filter(one -> !Modifier.isStatic(one.getModifiers())).map(Method::getName)
                .filter(name -> !name.equals("phone")).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> table = ClassicFunctions.all().stream().flatMap(one -> java.util.stream.Stream.concat(
                java.util.stream.Stream.of(one.name()), one.aliases().stream())).collect(Collectors.toCollection(TreeSet::new));
        table.remove("API_SendDtmf");
        assertEquals(table, methods);
    }

    @Test
    @Proves("API_Test")
    void noFunctionThrowsWhateverItIsGivenBeforeTheStart() {
        List<String> lines = new ArrayList<>();
        ClassicPhone phone = new ClassicPhone(ClassicParameters.parse(List.of("events=3", "localip=127.0.0.1", "register=0")).parameters(),
                one -> lines.add(one.line()));
        for (ClassicFunction function : ClassicFunctions.all()) {
            boolean waits = List.of("API_GetNotificationsSync", "API_SendSIP", "API_Call", "API_CallEx", "API_Start", "API_StartStack",
                    "API_ReStart", "API_ServerInit", "API_Register").contains(function.name()) || function.isStarting();
            if (!waits) {
                Object result = assertDoesNotThrow(() -> ClassicFunctions.run(phone, function.name()), function.name());
                assertEquals(function.failure().getClass(), result.getClass(), function.name());
            }
        }
        assertTrue(lines.stream().anyMatch(line -> line.contains("There is no softphone window")), lines::toString);
        assertEquals(false, ClassicFunctions.run(phone, "API_HoldChange", 99));
        assertEquals(-1, ClassicFunctions.run(phone, "API_IsMuted", 3));
        phone.close();
    }

    @Test
    void anArgumentOfAnotherTypeIsRefusedInASentence() {
        List<String> lines = new ArrayList<>();
        ClassicPhone phone = new ClassicPhone(ClassicParameters.parse(List.of()).parameters(), one -> lines.add(one.line()));
        ClassicCommands commands = new ClassicCommands(phone);
        assertEquals("ERROR: failed", commands.run(ClassicCommand.parse("?function=API_DelSettings&level=much").orElseThrow()));
        assertEquals(List.of("WPNOTIFICATION,EVENT,ERROR,argument level=much: a whole number is wanted,NEOL"), lines);
    }

    @Test
    void theDocumentListsEveryFunction() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Functions of the classic interface

                Generated from the table in `io.earshot.sdk.classic` by `FunctionTableTest`; `-Dearshot.update=true` writes it.
                `webphone.webphone` has each function as a method, the text form is `?function=NAME&argument=value`, and arguments may be
                left out from the end.
                Lines: -1 is the current one, -2 all, 1 and up a certain one. A function that fails returns `false`, -1 or an empty
                text, and an ERROR notification says why.

                Numbers of `API_GetLineStatus`:\s""");
        List<String> texts = ClassicState.LINE_TEXTS;
        page.append(java.util.stream.IntStream.range(0, texts.size()).mapToObj(i -> i + " " + texts.get(i))
                .collect(Collectors.joining(", "))).append(".\n\n| Function | What it does | Also called |\n|---|---|---|\n");
        for (ClassicFunction one : ClassicFunctions.all()) {
            page.append("| `").append(one.signature()).append("` | ").append(one.summary()).append(" | ")
                    .append(String.join(", ", one.aliases())).append(" |\n");
        }
        Documents.check("docs/functions.md", page.toString());
    }
}
