package JVoIPTestPackage;

/** Stands in for the logger of the parsing example. */
final class Log
{
    static void v(String tag, String text) { System.out.println(tag + ": " + text); }

    static void v(String text) { v("JVOIP", text); }

    static void e(String tag, String text) { v(tag, "E " + text); }

    static void w(String tag, String text) { v(tag, "W " + text); }
}
