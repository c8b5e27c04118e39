/** Windows in simulated worlds, held against what they are by definition. */
package dev.waxwing.simulation.windows;
