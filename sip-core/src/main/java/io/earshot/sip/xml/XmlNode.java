package io.earshot.sip.xml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element. Immutable.
 *
 * @param name without its prefix
 * @param namespace its namespace; empty for none
 * @param attributes by local name; declarations of namespaces are not among them
 * @param children in order
 * @param text its own text, that of its children not included, without blanks at its ends
 */
public record XmlNode(String name, String namespace, Map<String, String> attributes, List<XmlNode> children, String text) {
    public XmlNode {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** Returns an attribute. */
    public Optional<String> attribute(String wanted) {
        return Optional.ofNullable(attributes.get(wanted));
    }

    /** Returns the children of a name. */
    public List<XmlNode> all(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /** Returns the first child of a name. */
    public Optional<XmlNode> first(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    /** Returns the text of the first child of a name, unless it is empty. */
    public Optional<String> textOf(String wanted) {
        return first(wanted).map(XmlNode::text).filter(known -> !known.isEmpty());
    }

    /** Returns a number that an attribute has; {@code otherwise} when it has none from 0 to 2^53. */
    public long number(String attribute, long otherwise) {
        String digits = attributes.getOrDefault(attribute, "").strip();
        boolean number = !digits.isEmpty() && digits.length() <= 15 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(digits) : otherwise;
    }
}
