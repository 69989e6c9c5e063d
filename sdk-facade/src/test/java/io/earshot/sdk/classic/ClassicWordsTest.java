package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Status texts in eleven languages. */
class ClassicWordsTest {
    private static String told(String text, String... parameters) {
        List<String> lines = new ArrayList<>();
        ClassicPhone phone = new ClassicPhone(ClassicParameters.parse(List.of(parameters)).parameters(),
                one -> lines.add(one.fields().get(2)));
        phone.send(Notification.status(text));
        return lines.get(0);
    }

    @Test
    void everyStatusTextOfTheSpecificationIsThereInEveryLanguage() throws IOException {
        for (String language : ClassicWords.LANGUAGES.subList(1, ClassicWords.LANGUAGES.size())) {
            Map<String, String> words = ClassicWords.load(language);
            for (String row : Documents.list("notification-rows.txt")) {
                String[] parts = row.split("\t");
                String text = parts[1].replace(" (xxx sec)", "").replace("Starting Call", "Starting call to");
                if (List.of("status-global", "status-line", "registration-text").contains(parts[0])) {
                    assertTrue(words.containsKey(text), language + " lacks '" + text + "'");
                    assertFalse(words.get(text).isBlank() || words.get(text).contains(","), language + ": " + text);
                }
            }
        }
    }

    @Test
    void textsAreTranslatedOnlyWhenThatIsWanted() {
        assertEquals("Registered.", told("Registered.", "language=de"), "translatemode=1 is the default");
        assertEquals("Registered.", told("Registered.", "translatemode=0"), "English is the default");
        assertEquals("Angemeldet.", told("Registered.", "language=de", "translatemode=0"));
        assertEquals("Registered.", told("Registered.", "language=de", "translatemode=2"));
        assertEquals("Gespräch (12 s)", told("Speaking (12 sec)", "language=de", "translatemode=0"));
        assertEquals("Appel vers bob", told("Starting call to bob", "language=fr", "translatemode=0"));
        assertEquals("something else", told("something else", "language=fr", "translatemode=0"));
    }

    @Test
    void languagesHaveNumbersCodesNamesAndLocales() {
        List<String> codes = List.of("en", "ru", "hu", "ro", "de", "it", "es", "tr", "pt", "ja", "fr");
        for (int i = 0; i < codes.size(); i++) {
            assertEquals(codes.get(i), ClassicWords.code(Integer.toString(i)));
            assertEquals(codes.get(i), ClassicWords.code(codes.get(i)));
        }
        assertEquals("pt", ClassicWords.code("pr"));
        assertEquals("ja", ClassicWords.code("jp"));
        assertEquals("hu", ClassicWords.code("Hungarian"));
        assertEquals("fr", ClassicWords.code("fr-CA"));
        assertEquals("it", ClassicWords.code("ITALY"));
        assertEquals("en", ClassicWords.code("zh-TW"), "there is none such");
        assertEquals("en", ClassicWords.code("42"));
        assertEquals("Listo", told("Ready", "locale=es_ES", "translatemode=0"), "a locale stands in for the language");
    }
}
