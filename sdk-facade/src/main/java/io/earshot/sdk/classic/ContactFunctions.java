package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicArgument.text;
import static io.earshot.sdk.classic.ClassicFunction.of;
import static io.earshot.sdk.classic.ClassicFunction.Result.DONE;
import static io.earshot.sdk.classic.ClassicFunction.Result.TEXT;

import java.util.List;

/** The functions of contacts and the black list. */
final class ContactFunctions {
    static final List<ClassicFunction> ROWS = List.of(
            of(DONE, "API_SetContacts", "Replaces all contacts, a line each.", (phone, in) -> people(phone).setAll(in.text("contacts")),
                    text("contacts")),
            of(TEXT, "API_GetContacts", "Returns all contacts, a line each.", (phone, in) -> people(phone).all()),
            of(DONE, "API_DelContact", "Deletes a contact.", (phone, in) -> people(phone).remove(in.text("name")), text("name")),
            of(DONE, "API_AddContact", "Adds a contact: imstatus,name,sip,phone,… or name,sip,phone,….",
                    (phone, in) -> people(phone).add(in.text("params")), text("params")).also("Add_Contact"),
            of(DONE, "API_SetContact", "Changes a contact.", (phone, in) -> people(phone).set(in.text("name"), in.text("params")),
                    text("name"), text("params")),
            of(TEXT, "API_GetContact", "Returns a contact.", (phone, in) -> people(phone).line(in.text("name")), text("name")),
            setter("API_SetContactName", "name", ClassicContact.NAME),
            setter("API_SetContactSIP", "SIP address", ClassicContact.SIP),
            setter("API_SetContactPhone", "phone number", ClassicContact.PHONE),
            setter("API_SetContactSpeedDial", "speed dial", ClassicContact.SPEED_DIAL),
            getter("API_GetContactName", "name", ClassicContact.NAME),
            getter("API_GetContactSIP", "SIP address", ClassicContact.SIP),
            getter("API_GetContactPhone", "phone number", ClassicContact.PHONE),
            getter("API_GetContactSpeedDial", "speed dial", ClassicContact.SPEED_DIAL),
            of(TEXT, "API_GetBlacklist", "Returns the users whose calls are refused, with commas between.",
                    (phone, in) -> people(phone).blacklist()),
            of(DONE, "API_SetBlacklist", "Refuses the calls of these users and no others.",
                    (phone, in) -> people(phone).setBlacklist(in.text("str")), text("str")),
            of(DONE, "API_AddToBlacklist", "Refuses the calls of these users too.",
                    (phone, in) -> people(phone).addToBlacklist(in.text("str")), text("str")));

    private ContactFunctions() {
    }

    private static ClassicFunction setter(String name, String what, int field) {
        return of(DONE, name, "Sets the " + what + " of a contact.",
                (phone, in) -> people(phone).setField(in.text("name"), field, in.text("param")), text("name"), text("param"));
    }

    private static ClassicFunction getter(String name, String what, int field) {
        return of(TEXT, name, "Returns the " + what + " of a contact.", (phone, in) -> people(phone).field(in.text("name"), field),
                text("name"));
    }

    private static ClassicPeople people(ClassicPhone phone) {
        return phone.parts().people();
    }
}
