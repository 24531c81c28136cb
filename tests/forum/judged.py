"""Questions people might ask of the demo's discussions, articles and people, and what would answer them.

Each line: the question; then what answers it, best first where one is best. `t:` a thread by its key in
community/demo/words, `a:` an article by its slug, `m:` a member by the name the files call them. Judged by reading the
words, not by trying the search.
"""

QUESTIONS = """
衣索比亞 | t:sour-ethiopia t:grind-table a:too-sour t:latte-beans t:thursday-cupping
衣索比亚水洗 | t:sour-ethiopia
酸到皺眉 | t:sour-ethiopia a:too-sour
酸到皱眉怎么救 | t:sour-ethiopia
太酸 | a:too-sour t:sour-ethiopia
芭樂 | t:sour-ethiopia a:too-sour
龍眼 | t:sour-ethiopia a:too-sour
龙眼 | t:sour-ethiopia a:too-sour
悶蒸 | t:stir-bloom t:sour-ethiopia a:too-sour
闷蒸要不要搅拌 | t:stir-bloom
悶蒸 攪拌 | t:stir-bloom
免洗筷 | t:stir-bloom
小飛鷹 | t:grind-table t:sour-ethiopia
小飞鹰 C40 | t:grind-table
Ｃ４０ | t:grind-table
c40 紅軸 | t:grind-table
刻度對照 | t:grind-table a:grind-notes
刻度表 | a:grind-notes t:grind-table
篩網 | t:grind-table a:grind-notes
砍豆 | t:drains-slow t:grind-table a:grind-notes
零點 校正 | t:grind-table a:grind-notes
病歷 | a:grind-notes t:grind-table
租屋處 | t:no-kitchen a:rented-room
租屋 沒有廚房 | t:no-kitchen
鞋盒 | a:rented-room t:no-kitchen
聰明濾杯 | t:no-kitchen t:clever-handover t:eight-minutes t:today-cup
聪明滤杯 | t:no-kitchen t:clever-handover t:eight-minutes
快煮壺加冰塊 | t:no-kitchen a:rented-room
房東 | t:no-kitchen a:rented-room
泡麵湯 | t:instant-noodle-soup
第一次手沖很淡 | t:instant-noodle-soup
水粉比 | t:ratio
1:16 | t:ratio t:sour-ethiopia t:today-cup
保溫瓶 | t:ratio t:no-kitchen a:rented-room
細口壺 | t:mug-kettle a:rented-room t:no-kitchen
馬克杯倒水 | t:mug-kettle
湯匙背面 | t:mug-kettle a:rented-room
平日苦週末甜 | t:weekday-bitter
前一晚磨好 | t:weekday-bitter t:eight-minutes a:too-sour
冰手沖 | t:ice-count t:kenya-tasting
冰塊 | t:ice-count t:no-kitchen a:rented-room
牛奶冰塊 | t:ice-count
辦公室 | t:office-noise t:kettle-honest
办公室磨豆很吵 | t:office-noise
軟木墊 | t:office-noise
積水 | t:drains-slow
细粉塞住 | t:drains-slow
磅蛋糕 | t:drains-slow
自來水 | t:which-water
瓶裝水 硬度 | t:which-water t:sour-ethiopia
RO 水 | t:which-water
檸檬酸 | t:which-water
拉花 | t:potato-latte-art
馬鈴薯 | t:potato-latte-art
奶泡 | t:potato-latte-art
八分鐘 | t:eight-minutes
早上沒時間怎麼沖 | t:eight-minutes
襪子 | t:eight-minutes
電子秤 | t:scale-point-one
電子秤 0.1 | t:scale-point-one
廚房秤 | t:no-kitchen t:scale-point-one
平底濾杯 | t:clever-handover
磨豆機卡豆 | t:grinder-apart
墊片 | t:grinder-apart
V60 | t:v60-sizes t:sour-ethiopia t:grind-table t:no-kitchen a:grind-notes
v60 01 02 | t:v60-sizes
Ｖ６０ ０２ | t:v60-sizes
濾紙 紙味 | t:paper-taste
滤纸 | t:paper-taste t:v60-sizes t:eight-minutes a:rented-room
香菇 | t:paper-taste
電動起子 | t:hand-to-electric
手搖磨 電動 | t:hand-to-electric t:office-noise
金屬濾杯 | t:borrow-flat
司陶特 | t:borrow-flat
溫控壺 | t:kettle-honest t:sour-ethiopia
壺嘴溫度 | t:kettle-honest
飲水機 95 度 | t:sour-ethiopia t:kettle-honest
阿里山 | t:alishan-oolong a:alishan-harvest t:bean-of-the-year a:cupping-notes t:bean-list
阿里山水洗烏龍 | t:alishan-oolong
烏龍茶味 | t:alishan-oolong a:alishan-harvest
茶葉 抽屜 | t:alishan-oolong
採收 | a:alishan-harvest t:bean-of-the-year t:kenya-tomato
肯亞番茄 | t:kenya-tomato a:cupping-notes
肯亚 | t:kenya-tomato t:bean-list a:cupping-notes t:first-good-cup
酸梅湯 | t:kenya-tomato a:cupping-notes t:bean-list t:first-good-cup
日曬 水洗 盲測 | t:washed-or-natural
厭氧 | t:anaerobic
厌氧发酵 | t:anaerobic
感冒糖漿 | t:anaerobic
深焙 果酸 | t:guatemala-dark
瓜地馬拉 | t:guatemala-dark t:bean-of-the-year t:latte-beans t:thursday-cupping a:cupping-notes
木炭 | t:guatemala-dark
屏東德文 | t:pingtung-dewen
德文部落 | t:pingtung-dewen
海拔 品種 處理法 | t:read-the-label
讀標籤 | t:read-the-label
养豆 | t:resting-days
烘焙日 | t:resting-days t:read-the-label t:no-oil t:late-parcels
豆子要放幾天才好喝 | t:resting-days
檸檬塔 | t:resting-days
淺焙水溫 | t:light-roast-heat
浅焙 几度 | t:light-roast-heat
出油 | t:no-oil
烘焙曲線 | t:roast-curve
炒鍋 | t:roast-curve
一爆 | t:roast-curve
拿鐵 | t:latte-beans t:freezer
拿铁用什么豆子 | t:latte-beans
優酪乳 | t:latte-beans
冷凍庫 | t:freezer
冷冻豆子会不会有鱼味 | t:freezer
低因 | a:second-cup t:decaf t:today-cup t:cannot-sleep
低因咖啡 水處理 | a:second-cup t:decaf
第二杯 | a:second-cup t:decaf
蘇門答臘 | t:bean-list
豆單 | t:bean-list
出貨慢 | t:late-parcels
標籤機 | t:late-parcels
杯測 | t:thursday-cupping a:cupping-notes
线上杯测 | t:thursday-cupping a:cupping-notes
睡衣 拖鞋 | t:thursday-cupping
濾掛 | t:paper-drip-bags t:no-kitchen t:today-cup a:rented-room
鋁箔 | t:paper-drip-bags
搖椅 | t:rainy-seats
雨天咖啡店 | t:rainy-seats
鐵蛋 | t:rainy-seats
咖啡渣 | t:coffee-grounds t:no-kitchen
咖啡渣发霉 | t:coffee-grounds t:no-kitchen
睡不著 | t:cannot-sleep
咖啡因半衰期 | t:cannot-sleep
賽風 | t:first-good-cup
都一樣苦 | t:all-bitter
家人 入門 | t:all-bitter
今天喝什麼 | t:today-cup
刑法 | t:today-cup
老王 | m:老王的磨豆機 t:sour-ethiopia t:grind-table
溫度計 | m:溫度計 t:sour-ethiopia a:too-sour
阿崙 | m:阿崙 t:bean-list
夜班護理師 | m:夜班護理師 a:cupping-notes
水豚 | m:水豚 t:no-kitchen a:rented-room
thermo 探針 | t:kettle-honest
""".strip()


def questions():
    """(question, keys of what answers it)."""
    for line in QUESTIONS.splitlines():
        question, _, answers = line.partition(" | ")
        yield question, answers.split()
