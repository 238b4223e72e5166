/**
 * The emoji of the picker, with the names that find them. The first name is the one that is shown. The list
 * is short and written by hand; users can type every other emoji.
 */
export interface EmojiEntry {
  readonly emoji: string;
  readonly names: readonly string[];
}

const LINES = `
👍 thumbsup +1 yes
👎 thumbsdown -1 no
❤️ heart love
😂 joy laugh
🎉 tada party celebrate
👀 eyes look
🙏 pray thanks please
🔥 fire hot
✅ check done yes
❌ cross no wrong
💯 hundred 100
🚀 rocket ship
😀 grinning happy
😃 smiley
😄 smile
😁 beaming grin
😆 laughing
😅 sweat_smile
🤣 rofl rolling
🙂 slight_smile
🙃 upside_down
😉 wink
😊 blush
😇 innocent angel
🥰 smiling_hearts
😍 heart_eyes
🤩 star_struck
😘 kiss
😋 yum tasty
😛 tongue
😜 winking_tongue
🤪 zany crazy
🤑 money_face
🤗 hug
🤭 oops
🤫 shush quiet
🤔 thinking hmm
🤐 zipper_mouth
🤨 raised_eyebrow
😐 neutral
😑 expressionless
😶 no_mouth
😏 smirk
😒 unamused
🙄 eye_roll
😬 grimacing
😌 relieved
😔 pensive
😪 sleepy
🤤 drooling
😴 sleeping zzz
😷 mask
🤒 thermometer_face ill
🤕 bandage hurt
🤢 nauseated
🤧 sneezing
🥵 hot_face
🥶 cold_face
😵 dizzy_face
🤯 mind_blown exploding_head
🤠 cowboy
🥳 partying
😎 cool sunglasses
🤓 nerd
🧐 monocle
😕 confused
😟 worried
🙁 frowning
😮 open_mouth wow
😲 astonished
😳 flushed
🥺 pleading
😨 fearful
😰 anxious
😥 sad_relieved
😢 cry
😭 sob
😱 scream
😖 confounded
😞 disappointed
😓 sweat
😩 weary
😫 tired
🥱 yawn
😤 triumph
😡 rage angry
🤬 cursing
💀 skull dead
💩 poop
🤡 clown
👻 ghost
👽 alien
🤖 robot bot
😺 cat_smile
🙈 see_no_evil
🙉 hear_no_evil
🙊 speak_no_evil
👋 wave hello bye
🤚 raised_hand
🖖 vulcan
👌 ok
🤏 pinch tiny
✌️ victory peace
🤞 fingers_crossed luck
🤟 love_you
🤘 metal
🤙 call_me
👈 point_left
👉 point_right
👆 point_up
👇 point_down
✊ fist
👊 punch
👏 clap applause
🙌 raised_hands hooray
🫶 heart_hands
👐 open_hands
🤝 handshake deal
💪 muscle strong
🧠 brain
👁️ eye
💋 lips
🤷 shrug
🤦 facepalm
🙋 raising_hand
🙇 bow
💁 tipping_hand
🏃 running
💃 dancer dance
🕺 man_dancing
👶 baby
🧑‍💻 technologist developer
🧑‍🚀 astronaut
🧡 orange_heart
💛 yellow_heart
💚 green_heart
💙 blue_heart
💜 purple_heart
🖤 black_heart
🤍 white_heart
💔 broken_heart
💕 two_hearts
💖 sparkling_heart
⭐ star
🌟 glowing_star
✨ sparkles
⚡ zap lightning
💥 boom
💫 dizzy
💦 splash
💤 sleep
🎈 balloon
🎁 gift present
🎂 cake birthday
🍰 shortcake
🏆 trophy win
🥇 first gold
🎯 target dart
🎮 game
🎲 dice
🎵 music note
🎸 guitar
🎨 art palette
🎬 film
📷 camera
☀️ sun
🌙 moon
☁️ cloud
🌧️ rain
❄️ snow snowflake
🌈 rainbow
🌍 earth world
🌊 ocean
🌱 seedling
🌲 tree
🌸 blossom
🌹 rose
🌻 sunflower
🍀 clover luck
🐶 dog
🐱 cat
🐭 mouse
🐰 rabbit
🦊 fox
🐻 bear
🐼 panda
🐯 tiger
🦁 lion
🐸 frog
🐵 monkey
🐔 chicken
🐧 penguin
🦉 owl
🦄 unicorn
🐝 bee
🐛 bug
🦋 butterfly
🐢 turtle
🐍 snake
🐙 octopus
🐳 whale
🐬 dolphin
🍎 apple
🍌 banana
🍓 strawberry
🍒 cherries
🍋 lemon
🥑 avocado
🍅 tomato
🌽 corn
🥕 carrot
🍞 bread
🧀 cheese
🍕 pizza
🍔 burger
🍟 fries
🌮 taco
🍜 noodles ramen
🍣 sushi
🍪 cookie
🍩 donut
🍫 chocolate
🍿 popcorn
☕ coffee
🍵 tea
🍺 beer
🍻 beers cheers
🥂 champagne clinking
🍷 wine
⚽ soccer football
🏀 basketball
🚲 bike
🚗 car
🚂 train
✈️ plane airplane
⛵ sailboat
🏠 house home
🏢 office
🏖️ beach
⛰️ mountain
⏰ alarm clock
⏳ hourglass
📅 calendar
📌 pin
📎 paperclip
✏️ pencil
📝 memo
📚 books
💡 idea bulb
🔍 search magnifier
🔒 lock
🔑 key
🔨 hammer
🔧 wrench fix
⚙️ gear
🧪 test_tube
💻 laptop computer
📱 phone
🔋 battery
📈 chart_up
📉 chart_down
💰 money
📦 package
📣 megaphone
🔔 bell
🔕 no_bell
❓ question
❗ exclamation
⚠️ warning
⛔ no_entry
🚧 construction
♻️ recycle
🆗 ok_button
🆕 new
🟢 green_circle
🟡 yellow_circle
🔴 red_circle
🏁 finish
🏳️‍🌈 rainbow_flag
`;

export const EMOJI: readonly EmojiEntry[] = LINES.trim()
  .split("\n")
  .map((line) => {
    const [emoji = "", ...names] = line.split(" ");
    return { emoji, names };
  });
