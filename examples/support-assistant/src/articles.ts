export interface Article {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** The help centre of a parcel service. */
export const ARTICLES: readonly Article[] = [
  {
    id: 'track-parcel',
    title: 'Tracking a parcel',
    text: 'Enter the 12-digit number from your confirmation mail under "Track". New parcels show up within four hours of drop-off.',
  },
  {
    id: 'late-parcel',
    title: 'My parcel is late',
    text: 'Domestic parcels take one to three working days. If the status has not changed for five days, open a search request.',
  },
  {
    id: 'missing-parcel',
    title: 'Delivered, but not here',
    text: 'Look for a card, ask your neighbours and check your drop-off place. After 24 hours the sender can open a claim.',
  },
  {
    id: 'damaged-parcel',
    title: 'Damaged contents',
    text: 'Keep the packaging and photograph it with the contents. Report the damage within seven days in the app or in a shop.',
  },
  {
    id: 'change-address',
    title: 'Changing the delivery address',
    text: 'The address can be changed once, free of charge, until the parcel is loaded for delivery. Customs parcels cannot be redirected.',
  },
  {
    id: 'hold-parcel',
    title: 'Holding a parcel while away',
    text: 'Choose "Hold" in the app to keep parcels in the depot for up to 14 days. Perishable goods are returned after three.',
  },
  {
    id: 'return-parcel',
    title: 'Returning a purchase',
    text: 'Print the label of the shop or show its QR code at any counter. Returns are free if the seller pays for them.',
  },
  {
    id: 'customs',
    title: 'Customs and import fees',
    text: 'Fees are due before delivery. Pay online with the link in the text message; it comes from our domain only and expires after 10 days.',
  },
  {
    id: 'refund',
    title: 'Refunds',
    text: 'Postage is refunded when an express parcel misses its promised day. Refunds arrive on the original means of payment in five working days.',
  },
  {
    id: 'business-account',
    title: 'Business accounts and invoices',
    text: 'From 20 parcels a month a business account saves time: one monthly invoice, pick-ups, and users with different rights.',
  },
  {
    id: 'prohibited-items',
    title: 'What must not be sent',
    text: 'Loose batteries, aerosols, perfume by air, weapons and cash are refused. Devices with built-in batteries are fine.',
  },
  {
    id: 'login',
    title: 'Trouble signing in',
    text: 'Reset the password with the link on the sign-in page. After five failed attempts an account is locked for 30 minutes.',
  },
];
