package io.earshot.audio.javasound;

import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.BooleanControl;
import javax.sound.sampled.CompoundControl;
import javax.sound.sampled.Control;
import javax.sound.sampled.FloatControl;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.Port;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The system's own mixer: its switches and volumes, as far as Java shows them. */
final class MixerLevels {
    private static final Logger LOG = LoggerFactory.getLogger(MixerLevels.class);
    /** Below this share of its range a volume is too low to hear anything. */
    private static final double LOW = 0.15;
    private static final double ENOUGH = 0.6;

    private MixerLevels() {
    }

    /** Un-mutes and turns up what is muted or very low of a mixer's microphones and speakers; returns what was changed. */
    static List<String> raise(Mixer mixer) {
        List<String> changed = new ArrayList<>();
        for (Line.Info[] side : new Line.Info[][] {mixer.getSourceLineInfo(), mixer.getTargetLineInfo()}) {
            for (Line.Info info : side) {
                if (info instanceof Port.Info port && isOurs(port)) {
                    try (Line line = mixer.getLine(info)) {
                        line.open();
                        raise(List.of(line.getControls()), port.getName(), changed);
                    } catch (LineUnavailableException | IllegalArgumentException | SecurityException refused) {
                        LOG.info("The level of {} cannot be read: {}", port.getName(), refused.getMessage());
                    }
                }
            }
        }
        changed.forEach(what -> LOG.info("Turned up: {}", what));
        return changed;
    }

    private static boolean isOurs(Port.Info port) {
        return List.of(Port.Info.MICROPHONE, Port.Info.SPEAKER, Port.Info.HEADPHONE).stream()
                .anyMatch(one -> one.getName().equalsIgnoreCase(port.getName()))
                || port.getName().matches("(?i)(master|mic|capture|pcm|front)\\b.*");
    }

    static void raise(List<Control> controls, String port, List<String> changed) {
        for (Control control : controls) {
            if (control instanceof CompoundControl group) {
                raise(List.of(group.getMemberControls()), port, changed);
            } else if (control instanceof BooleanControl mute && mute.getType() == BooleanControl.Type.MUTE && mute.getValue()) {
                mute.setValue(false);
                changed.add(port + " was muted");
            } else if (control instanceof FloatControl volume && volume.getType() == FloatControl.Type.VOLUME) {
                float range = volume.getMaximum() - volume.getMinimum();
                if (volume.getValue() < volume.getMinimum() + LOW * range) {
                    volume.setValue((float) (volume.getMinimum() + ENOUGH * range));
                    changed.add(port + " was very low");
                }
            }
        }
    }
}
