package io.earshot.softphone.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.softphone.FakeHost;
import io.earshot.softphone.model.Colours.Place;
import io.earshot.softphone.model.Plan.Marks;
import io.earshot.softphone.model.Plan.Volume;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each parameter of appearance does to the window (B-011). */
class PlanTest {
    private static final Set<Part> STANDARD = EnumSet.complementOf(EnumSet.of(Part.EXTENSION, Part.DISPLAY_NAME, Part.LINES));

    private static Plan plan(String... parameters) {
        return Plan.of(new FakeHost(parameters));
    }

    @Test
    void withoutParametersEverythingIsThereButExtensionDisplayNameAndLines() {
        assertEquals(STANDARD, plan().parts());
        assertFalse(plan().compact());
        assertEquals(OptionalInt.empty(), plan().width());
        assertEquals(Map.of(), plan().colours().named());
        assertEquals(Look.LIGHT, plan().look());
    }

    @ParameterizedTest
    @CsvSource({"hasaudio=false,AUDIO", "hasconference=false,CONFERENCE", "hasconnect=false,CONNECT", "hashold=false,HOLD",
        "hasmute=false,MUTE", "hasredial=false,REDIAL", "hasincomingcallpopup=false,POPUP", "hasincomigcall=false,POPUP",
        "canopenlogview=false,LOG", "hasvolume=0,VOLUME", "textmessaging=0,CHAT", "hascall=1,CALL", "hascall=0,CALL HANGUP",
        "hideusernamepwdinput=true,USER PASSWORD"})
    void aParameterTakesPartsAway(String parameter, String parts) {
        Set<Part> gone = EnumSet.copyOf(STANDARD);
        gone.removeAll(plan(parameter).parts());
        assertEquals(new TreeSet<>(Set.of(parts.split(" "))), names(gone));
        assertTrue(STANDARD.containsAll(plan(parameter).parts()), "nothing is added");
    }

    @ParameterizedTest
    @CsvSource({"displaysipusername=true,EXTENSION", "displaydisplayname=true,DISPLAY_NAME", "multilinegui=true,LINES"})
    void aParameterAddsAPart(String parameter, String part) {
        Set<Part> more = EnumSet.copyOf(plan(parameter).parts());
        more.removeAll(STANDARD);
        assertEquals(Set.of(part), names(more));
    }

    private static Set<String> names(Set<Part> parts) {
        Set<String> names = new TreeSet<>();
        parts.forEach(part -> names.add(part.name()));
        return names;
    }

    @Test
    void compactHasTheCallAndTheStateOnly() {
        Plan plan = plan("compact=true", "multilinegui=true", "displaydisplayname=true", "hasvolume=2");
        assertEquals(EnumSet.of(Part.STATUS, Part.CALL, Part.HANGUP), plan.parts());
        assertTrue(plan.compact());
        assertEquals(Volume.NONE, plan.volume());
    }

    @Test
    void maxlinesSaysHowManyLineButtonsThereAre() {
        assertEquals(3, plan("multilinegui=true", "maxlines=3").lines());
        assertEquals(4, plan("multilinegui=true").lines());
    }

    @ParameterizedTest
    @CsvSource({"0,NONE", "1,DURING_CALLS", "2,VERTICAL", "3,HORIZONTAL"})
    void hasvolumeSaysHowVolumesAreSet(int value, Volume volume) {
        assertEquals(volume, plan("hasvolume=" + value).volume());
    }

    @ParameterizedTest
    @CsvSource({"3,0,NONE", "3,1,TEXT", "3,2,NONE", "2,0,NONE", "2,1,NONE", "2,2,ICONS", "1,1,TEXT", "1,2,ICONS", "1,0,NONE"})
    void volumeiconsSaysWhatStandsBesideThem(int volume, int icons, Marks marks) {
        assertEquals(marks, plan("hasvolume=" + volume, "volumeicons=" + icons).marks());
    }

    @Test
    void theSizeIsThatOfTheParameters() {
        Plan plan = plan("applet_size_width=420", "height=700");
        assertEquals(OptionalInt.of(420), plan.width());
        assertEquals(OptionalInt.of(700), plan.height());
        assertEquals(OptionalInt.of(300), plan("width=300").width(), "also when it is the default");
    }

    @ParameterizedTest
    @CsvSource({"'',LIGHT", "light,LIGHT", "DARK,DARK", "mac,MAC", "metal,METAL", "motif,MOTIF", "windows,WINDOWS", "system,SYSTEM",
        "platform,SYSTEM", "mizu,SYSTEM", "no such,SYSTEM"})
    void lookandfeelNamesALookAndWhatIsNotKnownIsThatOfTheSystem(String name, Look look) {
        assertEquals(look, plan("lookandfeel=" + name).look());
    }

    @Test
    void eachColourHasItsPlace() {
        for (Place place : Place.values()) {
            assertEquals(Map.of(place, 0x102030), plan(place.parameter() + "=#102030").colours().named(), place.parameter());
        }
        assertEquals(Optional.of(0x0000FF), plan("color_button_background=blue").colours().of(Place.BUTTON_BACKGROUND), "an alias");
    }

    @Test
    void colorsIsForAllThatHasNoneOfItsOwn() {
        Colours colours = plan("colors=black", "boxbgcolor=red").colours();
        assertEquals(Optional.of(0), colours.of(Place.BACKGROUND));
        assertEquals(Optional.of(0), colours.of(Place.OTHER));
        assertEquals(Optional.of(0xFF0000), colours.of(Place.BOX));
        assertEquals(Optional.of(0xFFFFFF), colours.of(Place.LABEL), "what can be read on it");
        assertEquals(Optional.of(0), plan("colors=white").colours().of(Place.LABEL));
    }

    @ParameterizedTest
    @CsvSource({"#FF8000,16744448", "255,255", "16711680,16711680", "-1,16777215", "gren,65280", "Green,65280", "magneta,16711935",
        "Dark Gray,4210752", "lightgrey,12632256"})
    void coloursAreNumbersHexOrNames(String text, int colour) {
        assertEquals(Optional.of(colour), Colours.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"#12345", "#GG0000", "mauve", "1.5", "99999999999"})
    void whatIsNoColourIsLeftAsTheLookHasIt(String text) {
        assertEquals(Optional.empty(), Colours.parse(text));
        assertEquals(Map.of(), plan("color_background=" + text).colours().named());
    }
}
