/**
 * The window of the phone, in Swing.
 *
 * @provides io.earshot.sdk.window.WindowProvider the windows
 */
module io.earshot.softphone {
    requires io.earshot.api;
    requires io.earshot.sdk;
    requires java.desktop;
    requires com.formdev.flatlaf;
    requires org.slf4j;

    provides io.earshot.sdk.window.WindowProvider with io.earshot.softphone.SoftphoneProvider;
}
