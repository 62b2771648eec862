"""What a prompt is about, as far as a painter who reads only single words can tell."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from generations.sandbox.easel.chance import pick, shuffled, stream
from generations.sandbox.easel.colour import Colour, rgb
from generations.sandbox.easel.palette import PALETTES, Palette
from generations.sandbox.scenes import SCENES

# words, the scenes that suit them, what must then be in the picture
THINGS: tuple[tuple[str, str, str], ...] = (
    ("kite 风筝 hill meadow field valley terrace countryside 丘陵 田野 梯田 草原 山谷", "hills", ""),
    ("kite 风筝", "hills", "kite"),
    ("mountain alp peak snow ski forest wood pine tree landscape 山 雪 森林 松 树 风景", "mountains", ""),
    ("desert dune sand camel oasis sahara 沙漠 沙丘 骆驼", "desert", ""),
    ("sea ocean coast beach island lighthouse boat ship sail lake bay summer 海 湖 船 岛 灯塔 沙滩 夏", "coast waves", ""),
    ("lighthouse 灯塔", "coast", "lighthouse"),
    ("wave surf tsunami japanese 浪 波 浮世绘", "waves", ""),
    ("koi carp fish pond lotus lily water 锦鲤 鲤 鱼 池 荷 莲 水", "pond", ""),
    ("fern 蕨", "botany", "fern"),
    ("flower poppy tulip rose blossom bouquet bloom spring 花 玫瑰 郁金香 春", "botany cutouts", "flower"),
    ("plant leaf leave botanical garden herb grass jungle 植物 叶 草 园", "botany", ""),
    ("vase pottery ceramic bottle bowl fruit pear apple orange lemon food table kitchen 花瓶 陶 碗 水果 苹果 柠檬 桌 食", "still", ""),
    ("pear 梨", "still", "pear"),
    ("tea teapot coffee cup breakfast 茶 咖啡 杯", "still tin", "tea"),
    ("tin can jar box package packaging product label brand cosmetic 罐 盒 包装 产品 品牌 标签", "tin", ""),
    ("arch arcade palace temple church courtyard colonnade bridge 拱 宫 庙 寺 院 桥", "arcade", ""),
    ("architecture house building stair tower wall door castle 建筑 房 楼 梯 塔 墙 门 城堡", "stairs arcade", ""),
    ("window room cat kitten interior home dog 窗 猫 室内 房间 家", "window", ""),
    ("cat kitten 猫", "window", "cat"),
    ("city skyline harbour harbor town street skyscraper neon cyberpunk port 城 港 街 都市 霓虹", "harbour", ""),
    ("night moon star 夜 月 星", "harbour", ""),
    ("poster pattern geometric tile abstract bauhaus textile logo icon graphic 海报 图案 几何 抽象 瓷砖 图标", "tiles cutouts", ""),
    ("cutout collage paper matisse dove illustration 剪纸 拼贴 插画 鸽", "cutouts", ""),
    ("bird swallow crane gull 鸟 燕 鹤", "hills coast mountains", "birds"),
)
MOODS: tuple[tuple[str, str], ...] = (
    ("night moon star midnight dark neon 夜 月 星 黑暗 霓虹", "night cobalt dusk"),
    ("dusk sunset evening twilight 黄昏 日落 傍晚 晚霞", "dusk plum desert"),
    ("dawn sunrise morning 黎明 日出 早晨 晨", "dawn rose mist"),
    ("fog mist foggy misty rain 雾 雨", "mist cedar linen winter"),
    ("autumn fall october maple 秋 枫", "autumn desert olive"),
    ("winter snow snowy ice frost christmas 冬 雪 冰", "winter cobalt mist"),
    ("summer noon sunny bright 夏 阳光 明亮", "noon citrus cobalt"),
    ("tropical jungle lagoon 热带", "lagoon noon"),
    ("spring blossom pastel pink 春 粉", "rose dawn noon"),
    ("minimal minimalist quiet zen muji 极简 简约 禅", "linen mist cedar"),
)
LEADS: tuple[tuple[str, str], ...] = (
    ("red scarlet crimson 红", "d23c2e"),
    ("orange 橙", "e67e31"),
    ("yellow golden gold 黄 金", "e6ae3a"),
    ("green emerald 绿", "3f8a5c"),
    ("turquoise teal cyan 青", "2b8f94"),
    ("blue 蓝", "2f62a8"),
    ("purple violet lavender 紫", "7a569e"),
    ("pink 粉", "dd7f8c"),
)
READ = 4000  # nobody names the thing after that


@dataclass(frozen=True)
class Subject:
    scene: str
    palette: Palette
    props: frozenset[str]


def read(prompt: str, index: int) -> Subject:
    """The scene belongs to the prompt, the palette to the picture: four pictures of one prompt are a family."""
    votes, props = defaultdict[str, float](float), set[str]()
    for words, scenes, prop in THINGS:
        place = found(prompt, words)
        if place is not None:
            for rank, scene in enumerate(scenes.split()):
                votes[scene] += 1 / (1 + rank * 0.4) - place * 0.2
            props |= {prop} if prop else set()
    best = [scene for scene in votes if votes[scene] == max(votes.values())] or list(SCENES)
    scene = pick(stream(prompt, "scene"), best)
    return Subject(scene, _palette(prompt, index, scene), frozenset(props))


def _palette(prompt: str, index: int, scene: str) -> Palette:
    usual = SCENES[scene].palettes or tuple(PALETTES)
    moods = [name for words, names in MOODS if mentions(prompt, words) for name in names.split()]
    names = list(dict.fromkeys(moods)) or shuffled(stream(prompt, "palette"), usual)
    palette = PALETTES[names[index % len(names)]]
    lead = lead_of(prompt)
    return palette.led_by(lead) if lead else palette


def lead_of(prompt: str) -> Colour | None:
    return next((rgb(code) for words, code in LEADS if mentions(prompt, words)), None)


def mentions(prompt: str, words: str) -> bool:
    return found(prompt, words) is not None


def found(prompt: str, words: str) -> float | None:
    """How far into the prompt the first of these words stands, from 0 to 1. Latin words count only whole; Chinese has no spaces
    to go by."""
    text = prompt[:READ].lower()
    said = _said(text)
    places = [said.get(word, -1) if word.isascii() else text.find(word) for word in words.split()]
    return min((place / len(text) for place in places if place >= 0), default=None)


@lru_cache(16)
def _said(text: str) -> dict[str, int]:
    """Every Latin word with its first place, plurals also as singulars."""
    said: dict[str, int] = {}
    for match in re.finditer(r"[a-z]+", text):
        for word in (match[0], match[0].removesuffix("s"), re.sub("ies$", "y", match[0])):
            said.setdefault(word, match.start())
    return said
