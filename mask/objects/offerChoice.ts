import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';
import { nodeTreeOf, type NodeTree } from './nodeTree';
import { nodesOfRegions, type Offer, offersAt } from './offers';
import { proposedOffer } from './proposedOffer';

/** The offers at a place. */
interface Place {
  readonly tree: NodeTree;
  readonly region: number;
  readonly offers: readonly Offer[];
}

/** What is offered at a place, and the nodes of the hierarchy that it consists of. */
interface Chosen extends Offer {
  readonly nodes: readonly number[];
}

/**
 * What is offered at a place. A place begins with the offer that is proposed for it; it stays while the place moves
 * within it, so that a size that was chosen is kept there.
 */
export class OfferChoice {
  private known: { readonly hierarchy: Hierarchy; readonly regions: RegionMap; readonly tree: NodeTree } | null = null;
  private place: Place | null = null;
  private chosen: Chosen | null = null;
  private isActedOn = false;

  /** What is offered; null where no region of the hierarchy is at the place. */
  get offer(): Chosen | null {
    return this.chosen;
  }

  /** Which of the offers at the place is chosen, from 1 for the smallest, and how many there are. */
  get level(): { readonly number: number; readonly count: number } | null {
    const { chosen, place } = this;
    if (!chosen || !place) return null;
    const number = Math.max(1, place.offers.findLastIndex(({ area }) => area <= chosen.area) + 1);
    return { number, count: place.offers.length };
  }

  /** The hierarchy of a map prepared for questions about places, which takes a pass over the map when it is new. */
  treeOf(hierarchy: Hierarchy, regions: RegionMap): NodeTree {
    const { known } = this;
    if (known?.hierarchy === hierarchy && known.regions === regions) return known.tree;
    if (known?.hierarchy !== hierarchy) this.leave();
    const tree = nodeTreeOf(hierarchy, regions);
    this.known = { hierarchy, regions, tree };
    return tree;
  }

  /**
   * Moves to a place.
   * @param region the region there; one that is not of the hierarchy has no offer
   * @param takenAt asked where an offer is to be proposed: which regions were taken into the label that is meant there
   */
  moveTo(tree: NodeTree, region: number, takenAt: (region: number) => Uint8Array | null): void {
    if (region >= tree.hierarchy.count) {
      this.leave();
      return;
    }
    const { place, chosen, isActedOn } = this;
    const isSamePlace = place?.region === region;
    if (!isSamePlace || place.tree !== tree) this.place = { tree, region, offers: offersAt(tree, region) };
    if (chosen && (isActedOn ? isSamePlace : chosen.regions.includes(region))) return;
    this.choose(proposedOffer(tree, this.place!.offers, region, takenAt(region)));
  }

  /** Moves to where there is no offer. */
  leave(): void {
    this.place = this.chosen = null;
  }

  /** Tells that what is offered was taken or given back: the next place within it gets a proposal of its own. */
  handleAction(): void {
    this.isActedOn = true;
  }

  /** Offers something larger at the place by steps above 0, something smaller by steps below. */
  step(steps: number): void {
    const { chosen, place } = this;
    if (!chosen || !place || steps === 0) return;
    const { offers } = place;
    const at =
      steps > 0
        ? offers.findLastIndex(({ area }) => area <= chosen.area)
        : offers.findIndex(({ area }) => area >= chosen.area);
    this.choose(offers[Math.min(offers.length - 1, Math.max(0, at + steps))]);
  }

  private choose(offer: Offer): void {
    const { tree } = this.place!;
    this.chosen = { ...offer, nodes: nodesOfRegions(tree, offer.regions) };
    this.isActedOn = false;
  }
}
