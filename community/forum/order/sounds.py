"""Characters by their sound, for words that are written with others that sound alike (加賴, 家賴, ㄐㄧㄚ ㄌㄞˋ).

A table of our own of some eight hundred common characters in Zhuyin without tones, chosen for what spam and insults are
written with; it is no dictionary. A character that is not in it sounds like itself alone. Sounds that many people in
Taiwan do not tell apart are one: ㄓ and ㄗ, ㄔ and ㄘ, ㄕ and ㄙ, ㄣ and ㄥ, ㄖ and ㄌ. Of several readings the
commonest counts.
"""

from functools import cache

from community.commons import chinese

_TABLE = """
ㄅㄚ 八巴吧爸把拔罷霸壩芭疤扒叭 ㄅㄞ 白百擺敗拜柏佰 ㄅㄢ 半辦班般板版搬拌扮伴斑 ㄅㄠ 包保報寶抱暴爆飽豹堡褒鮑 ㄅㄟ 北被背杯悲貝備輩卑碑倍焙
ㄅㄣ 本笨奔 ㄅㄥ 崩繃蹦 ㄅㄧ 比必筆畢幣逼鼻彼避閉壁臂碧屄 ㄅㄧㄠ 表標婊彪飆鏢錶 ㄅㄧㄢ 變便邊編遍鞭扁辯辨 ㄅㄧㄥ 並病兵冰丙餅併柄
ㄅㄛ 波博播伯剝玻薄駁勃撥 ㄅㄨ 不部步布補捕卜佈簿怖
ㄆㄚ 怕爬趴帕啪葩琶 ㄆㄞ 拍排牌派徘 ㄆㄠ 跑炮砲泡拋袍咆 ㄆㄟ 配陪培賠佩沛胚 ㄆㄧ 皮屁批疲匹脾啤劈披僻 ㄆㄧㄠ 票漂飄嫖瓢 ㄆㄧㄢ 片偏篇騙翩 ㄆㄛ 破婆坡頗迫潑魄
ㄇㄚ 媽馬嗎罵麻嘛瑪碼螞 ㄇㄞ 買賣麥埋邁脈 ㄇㄠ 毛貓冒帽貌矛茂髦 ㄇㄟ 沒美每妹梅媒眉枚煤魅 ㄇㄣ 們門悶 ㄇㄧ 米密迷蜜秘祕謎彌咪 ㄇㄧㄢ 面免棉綿眠勉麵 ㄇㄨ 母木目牧墓幕募慕姆 ㄇㄧㄥ 明名命鳴銘
ㄈㄚ 發法罰乏閥髮伐 ㄈㄢ 反飯犯煩範翻凡販番繁 ㄈㄤ 方放房防訪仿芳妨紡 ㄈㄟ 非飛費肥廢肺匪啡菲 ㄈㄣ 分份粉奮憤墳紛氛糞 ㄈㄥ 風封豐瘋峰蜂鋒奉縫馮諷 ㄈㄨ 服福副父付負富夫扶符府附復腹輔膚伏佛婦
ㄉㄚ 大打達搭答 ㄉㄞ 帶代貸待袋戴呆歹怠 ㄉㄢ 單但蛋擔淡丹膽彈旦 ㄉㄠ 到道倒刀島導盜禱蹈 ㄉㄜ 的得德地 ㄉㄧ 第低底弟帝敵滴抵遞迪 ㄉㄧㄠ 屌掉調吊釣雕刁叼 ㄉㄧㄢ 點電店典墊殿顛甸 ㄉㄧㄥ 定頂訂丁釘盯 ㄉㄨ 賭毒讀度獨都督堵肚渡杜 ㄉㄨㄛ 多躲朵奪惰 ㄉㄨㄟ 對隊堆 ㄉㄨㄥ 東動懂冬洞董凍
ㄊㄚ 他她它塔踏牠 ㄊㄞ 太台抬泰態胎 ㄊㄠ 套逃討桃陶濤掏淘 ㄊㄡ 投頭偷透 ㄊㄧ 提題體替梯踢 ㄊㄧㄢ 天田甜填添 ㄊㄨㄢ 團 ㄊㄨㄟ 推退腿 ㄊㄨㄥ 同通痛統童銅桶筒
ㄋㄠ 腦鬧惱撓 ㄋㄟ 內餒 ㄋㄧ 你尼妮泥逆擬膩呢 ㄋㄧㄤ 娘釀 ㄋㄩ 女 ㄋㄨ 努怒奴 ㄋㄢ 男難南楠
ㄌㄞ 來賴萊睞籟徠 ㄌㄠ 老勞牢撈姥烙 ㄌㄜ 樂了勒 ㄌㄧ 裡里力利立理李禮離麗歷例莉梨璃 ㄌㄧㄠ 聊料療遼廖 ㄌㄧㄢ 連聯練臉戀鏈蓮廉 ㄌㄧㄡ 六流留劉柳溜 ㄌㄧㄥ 零領另令靈鈴凌玲林淋臨鄰 ㄌㄨ 路錄陸露鹿爐魯盧 ㄌㄨㄛ 羅落裸洛邏絡螺 ㄌㄨㄢ 亂卵
ㄍㄚ 嘎尬 ㄍㄢ 幹乾敢感趕甘肝贛桿 ㄍㄠ 高搞告稿糕 ㄍㄜ 個哥歌格割各隔閣革 ㄍㄟ 給 ㄍㄡ 狗夠購溝勾 ㄍㄨ 股古故顧骨谷鼓固姑孤 ㄍㄨㄚ 瓜刮掛寡 ㄍㄨㄞ 怪乖拐 ㄍㄨㄢ 關管館官觀冠慣灌 ㄍㄨㄟ 鬼貴櫃規歸龜跪桂 ㄍㄨㄣ 滾棍 ㄍㄨㄥ 公工功共供攻宮恭 ㄍㄨㄛ 國過果鍋
ㄎㄚ 卡咖喀 ㄎㄞ 開凱慨 ㄎㄠ 靠考烤拷 ㄎㄜ 可客課科克刻渴 ㄎㄡ 口扣寇 ㄎㄨ 哭苦庫褲酷 ㄎㄨㄞ 快塊筷 ㄎㄨㄢ 款寬
ㄏㄚ 哈蛤 ㄏㄞ 還海害孩 ㄏㄠ 好號毫豪耗 ㄏㄜ 和合喝何河核盒賀荷 ㄏㄟ 黑嘿 ㄏㄨ 戶湖胡護虎呼糊壺互 ㄏㄨㄚ 花話華化滑畫 ㄏㄨㄟ 回會惠灰揮匯毀慧徽 ㄏㄨㄛ 活火或貨獲伙禍
ㄐㄧ 機雞及極集計記級基急幾己擊吉季寄績積肌妓 ㄐㄧㄚ 加家假佳嘉價駕架甲夾枷 ㄐㄧㄢ 見間件建簡減健監賤姦檢堅劍尖 ㄐㄧㄠ 交教叫角腳較膠嬌狡 ㄐㄧㄝ 借接姐街節解界結階傑潔介戒 ㄐㄧㄣ 今金進近緊禁盡巾京經精靜境競驚敬 ㄐㄧㄡ 就九酒久救舊究 ㄐㄩ 局句巨具舉聚劇拒居 ㄐㄧㄤ 講獎將江降醬蔣姜漿
ㄑㄧ 七期起其奇氣騎器妻棄欺漆齊旗企 ㄑㄧㄢ 錢前千簽欠淺牽遷 ㄑㄧㄤ 搶強槍牆腔 ㄑㄧㄣ 親琴勤侵請情清輕青晴慶 ㄑㄧㄡ 求球秋 ㄑㄩ 去取區曲趣 ㄑㄩㄢ 全權圈券勸 ㄑㄩㄣ 群裙
ㄒㄧ 西系希息喜習細洗戲席吸襲 ㄒㄧㄚ 下夏嚇瞎霞 ㄒㄧㄢ 先現線限鮮顯險縣仙 ㄒㄧㄠ 小笑校效消銷曉蕭 ㄒㄧㄣ 新心信欣星性姓行興型幸醒腥 ㄒㄧㄡ 修休秀繡 ㄒㄩㄝ 學雪血穴削 ㄒㄩㄣ 尋訊迅訓 ㄒㄧㄤ 想像香箱響項象鄉相
ㄗ 之知只紙直指值職置智制至志治枝支芝子字自資姿紫仔滋茲 ㄗㄚ 雜砸紮炸詐扎渣 ㄗㄞ 在再災載債摘宅窄 ㄗㄠ 早造找照招遭糟罩 ㄗㄡ 走週周州洲奏 ㄗㄨㄛ 做作坐左座桌捉 ㄗㄨ 組租族足主住注助豬祝竹煮逐 ㄗㄢ 站戰暫贊讚沾盞 ㄗㄤ 章張長掌帳賬障漲仗髒葬 ㄗㄜ 這者則責折哲遮 ㄗㄣ 真正證政爭整症鎮震針診增贈徵 ㄗㄨㄢ 賺撰轉專磚鑽 ㄗㄨㄥ 中重種終眾鐘總宗蹤腫
ㄘ 吃持遲尺池次此詞刺磁慈癡痴恥齒 ㄘㄞ 才財材菜採踩猜拆柴 ㄘㄠ 操草超抄炒吵嘈肏曹 ㄘㄨ 出處初除廚醋促楚 ㄘㄣ 成城程誠稱陳沉趁晨層曾 ㄘㄤ 場常唱廠長嘗償暢藏倉 ㄘㄡ 抽愁仇醜臭丑湊 ㄘㄜ 車撤徹測策側廁冊 ㄘㄨㄟ 吹催脆垂
ㄙ 是時十事市使師式實世石視試失士詩四死思司私絲似屍屎 ㄙㄚ 撒灑薩傻殺沙啥煞 ㄙㄜ 色射社設蛇澀涉 ㄙㄠ 少燒掃騷稍勺 ㄙㄡ 手收受守首售瘦搜獸 ㄙㄣ 身生聲省勝升剩聖神深森審申僧 ㄙㄨ 書數輸樹術蘇速素訴俗 ㄙㄤ 上商傷賞桑喪 ㄙㄨㄛ 說所索縮鎖碩
ㄌㄨㄟ 雷累類淚 ㄌㄣ 人認忍任仁 ㄌㄡ 肉樓漏柔 ㄌㄨㄢ 軟
ㄧ 一以已意義易醫衣依億亦議藝益宜姨疑移 ㄧㄚ 呀鴨牙壓亞鴉 ㄧㄠ 要藥搖腰咬妖邀遙 ㄧㄢ 言眼研演煙驗嚴顏鹽沿淹 ㄧㄡ 有又友由右油遊優幼郵 ㄧㄣ 因音引銀印陰飲英影營應迎硬贏 ㄩㄢ 元圓原員遠院願園緣援 ㄩㄝ 月越約閱岳悅樂 ㄨㄤ 王網往望忘亡旺 ㄨㄢ 萬玩完碗晚彎 ㄨㄟ 為位微威未味圍唯偽 ㄨㄛ 我握窩臥 ㄨㄣ 問文溫聞穩 ㄏㄨㄥ 紅洪宏鴻轟 ㄏㄨㄤ 黃慌皇荒
"""
_NEAR = str.maketrans({"ㄓ": "ㄗ", "ㄔ": "ㄘ", "ㄕ": "ㄙ", "ㄥ": "ㄣ", "ㄖ": "ㄌ", "ㄤ": "ㄢ"})
_TONES = frozenset("ˊˇˋ˙ˉ")
_ZHUYIN = frozenset("ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄧㄨㄩㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦ")
_BEGINNINGS = frozenset("ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ")
_MIDDLES = frozenset("ㄧㄨㄩ")


@cache
def table() -> dict[str, str]:
    """The sound of each character we know, by its folded form."""
    known: dict[str, str] = {}
    said = _TABLE.split()
    for sound, characters in zip(said[::2], said[1::2], strict=True):
        for character in characters:
            known.setdefault(chinese.sought(character), sound.translate(_NEAR))
    return known


def of(text: str) -> tuple[list[str], list[int]]:
    """The sounds of a text, and the place in it where each begins; Zhuyin that was written out counts as a sound."""
    letters, places = chinese.sought_letters(text)
    sounds, where, syllable, begun = [], [], "", 0

    def end():
        nonlocal syllable
        if syllable:
            sounds.append(syllable.translate(_NEAR))
            where.append(begun)
            syllable = ""

    for letter, place in zip(letters, places, strict=True):
        if letter in _ZHUYIN:
            if _begins_anew(syllable, letter):
                end()
            if not syllable:
                begun = place
            syllable += letter
        elif letter in _TONES:
            end()
        else:
            end()
            if letter.isalnum():
                sounds.append(table().get(letter, letter))
                where.append(place)
    end()
    return sounds, where


def _begins_anew(syllable, letter) -> bool:
    """A syllable is a beginning, a middle and an end, each at most once and in this order."""
    if not syllable or letter in _BEGINNINGS:
        return bool(syllable)
    if letter in _MIDDLES:
        return syllable[-1] not in _BEGINNINGS
    return syllable[-1] not in _BEGINNINGS and syllable[-1] not in _MIDDLES
