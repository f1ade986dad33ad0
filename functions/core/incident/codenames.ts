// Names for incidents that say nothing of their cause: plants, animals, stones, instruments and fruit. Each is one word that is
// said as it is written, is no insult and no product of the trade, and is no neighbour of another when it is heard badly.

export const codenames: readonly string[] = `
  Acanthus Accordion Agave Alabaster Albatross Alder Almond Alpaca Alyssum Amaranth Amazonite Amethyst
  Anchovy Anemone Antelope Apricot Aquamarine Armadillo Artichoke Aspen Aubergine Avocet Azalea Azurite
  Badger Balalaika Bamboo Banjo Banyan Baobab Barnacle Barracuda Basalt Bassoon Begonia Bellflower Birch
  Bison Bittern Blackberry Bluebell Blueberry Bluejay Bobcat Bobolink Borage Boxwood Bracken Bramble Bream
  Broccoli Buckeye Bugle Bullfinch Bunting Buttercup Buzzard Calcite Calendula Camellia Campion Canary
  Candytuft Capybara Caracal Cardamom Caribou Carnation Carnelian Cashew Cassowary Castanet Catalpa Cedar
  Celandine Celesta Cello Chamomile Cheetah Chestnut Chickadee Chinchilla Chipmunk Cinnamon Citrine Civet
  Clarinet Clematis Clementine Condor Coneflower Coral Coriander Cormorant Cowslip Coyote Cranberry Crocus
  Curlew Cuttlefish Cyclamen Daffodil Damson Dandelion Delphinium Dingo Diorite Dipper Dolomite Dormouse
  Dotterel Dulcimer Dunlin Echidna Edelweiss Egret Eland Elderberry Ermine Eucalyptus Euphonium Feldspar
  Fennel Fiddle Fieldfare Flamingo Flint Fluorite Fossa Foxglove Freesia Fulmar Gabbro Gardenia Garnet
  Gazelle Gecko Gentian Geranium Gerbil Giraffe Gladiolus Glockenspiel Goldcrest Goldenrod Goldfinch
  Gooseberry Gorse Goshawk Granite Grapefruit Grayling Grebe Guillemot Guitar Gurnard Haddock Halibut
  Harebell Harmonica Harpsichord Harrier Hawthorn Hazelnut Hedgehog Heron Hibiscus Hickory Hollyhock
  Honeysuckle Hoopoe Hornbeam Hornbill Hyacinth Hydrangea Ibex Iguana Jacana Jackdaw Jadeite Jerboa
  Jonquil Juniper Kangaroo Kazoo Kingcup Kingfisher Kinkajou Kittiwake Koala Kudu Kumquat Lamprey Lapwing
  Larkspur Lavender Lemur Leopard Limestone Limpet Linden Llama Lobelia Lobster Lorikeet Lotus Lupin
  Lychee Lynx Macadamia Mackerel Magnolia Magpie Malachite Mallard Manatee Mangrove Marigold Marimba
  Marjoram Marlin Marmoset Meadowsweet Meerkat Merganser Milkweed Mimosa Minnow Mongoose Moonflower
  Moonstone Moorhen Mulberry Mullet Muskrat Mynah Narwhal Nasturtium Nautilus Nectarine Newt Nighthawk
  Nightjar Numbat Nuthatch Nutmeg Oboe Obsidian Ocarina Ocelot Okapi Oleander Olivewood Olivine Onyx
  Orchid Oriole Osier Osprey Ouzel Oxeye Palmetto Pangolin Panpipe Papaya Paprika Parsnip Partridge
  Peacock Pelican Peony Peridot Periwinkle Petrel Petunia Pheasant Piccolo Pimpernel Pintail Pinyon Pipit
  Pistachio Platypus Plover Pochard Pomelo Porcupine Porpoise Prawn Primrose Pronghorn Puffin Pumice
  Pumpkin Pyrite Quail Quetzal Quince Quokka Radish Ragwort Raspberry Redpoll Redshank Redstart Redwood
  Reindeer Rhodonite Rhubarb Rosewood Rowanberry Saffron Saiga Salamander Samphire Sandalwood Sandpiper
  Sardine Sassafras Satsuma Saxifrage Scallop Seahorse Selenite Serpentine Serval Shearwater Shelduck
  Shoveler Shrike Sifaka Siskin Skylark Slate Snowdrop Sorrel Sparrow Speedwell Spiderwort Spinach Spinel
  Spoonbill Springbok Spruce Squirrel Starfish Starling Stoat Stonechat Stonecrop Sturgeon Sumac Sunbird
  Sunflower Suricate Sycamore Tabla Tamarack Tamarind Tambourine Tanager Tangerine Tapir Teal Terrapin
  Thistle Thrush Timpani Toadflax Topaz Toucan Tourmaline Towhee Travertine Trefoil Trillium Trombone
  Trout Tulip Tupelo Turbot Turmeric Turnstone Turquoise Turtle Ukulele Valerian Verbena Vibraphone Vicuna
  Viola Wallaby Walnut Warbler Warthog Watercress Wattle Wheatear Whelk Whimbrel Whitebeam Wigeon
  Wildebeest Willow Wisteria Wolverine Woodcock Woodlark Woodruff Xylophone Yellowhammer Zebra Zinnia
  Zircon Zither
`
  .trim()
  .split(/\s+/);

/** By chance that comes from outside: any two numbers from 0 up to 1. Two names as one where single ones are taken too often. */
export function codename(chance: number, other?: number): string {
  const one = pick(chance);
  return other === undefined ? one : `${one}-${pick(other)}`;
}

const pick = (chance: number): string =>
  codenames[Math.min(Math.floor(chance * codenames.length), codenames.length - 1)] ?? "Albatross";
