/** What the stages of this module are built from; not exported. Same rules as in {@link io.earshot.dsp}. */
package io.earshot.dsp.kernel;
