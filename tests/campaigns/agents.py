"""User agents as they are really sent, for the tests of this room."""

IOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-S921B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.134 Mobile Safari/537.36"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4"

FACEBOOK = f"{IOS} Mobile/15E148 [FBAN/FBIOS;FBAV/471.0.0.40.109;FBBV/618402541;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.6.1;FBSS/3;FBLC/zh_TW;FBOP/5]"
FACEBOOK_ANDROID = f"{ANDROID} [FB_IAB/FB4A;FBAV/473.0.0.44.103;]"
FACEBOOK_LITE = f"{ANDROID} [FBAN/EMA;FBLC/zh_TW;FBAV/405.0.0.13.115;]"
FACEBOOK_NEW = f"{ANDROID} MetaIAB Facebook"
FACEBOOK_NEWEST = f"{IOS} Mobile/22A3354 MetaIAB"
MESSENGER = f"{IOS} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/466.0.0.37.106;FBLC/zh_TW]"
MESSENGER_ANDROID = f"{ANDROID} [FB_IAB/Orca-Android;FBAV/466.0.0.41.109;]"
INSTAGRAM = f"{IOS} Mobile/15E148 Instagram 320.0.0.27.107 (iPhone14,5; iOS 17_6_1; zh_TW; zh-Hant; scale=3.00; 1170x2532; 567424098)"
INSTAGRAM_ANDROID = (
    f"{ANDROID} Instagram 320.0.0.42.101 Android (34/14; 480dpi; 1080x2130; samsung; SM-S921B; e1s; s5e9945; zh_TW)"
)
THREADS = (
    f"{IOS} Mobile/15E148 Barcelona 324.0.0.27.109 (iPhone14,5; iOS 17_6_1; zh_TW; zh-Hant; scale=3.00; 1170x2532)"
)
LINE = f"{IOS} Mobile/15E148 Safari Line/14.9.0"
LINE_ANDROID = f"{ANDROID} Line/14.16.0/IAB"
X_IOS = f"{IOS} Mobile/15E148 Twitter for iPhone/10.50"
X_ANDROID = f"{ANDROID} TwitterAndroid"
LINKEDIN = f"{IOS} Mobile/15E148 [LinkedInApp]/9.29.8962"
PINTEREST = f"{IOS} Mobile/15E148 [Pinterest/iOS]"
TIKTOK = f"{ANDROID} trill_350402 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/trill app_version/35.4.2 ByteLocale/zh-Hant-TW ByteFullLocale/zh-Hant-TW Region/TW AppId/1180 Spark/1.6.0.4-bugfix AppVersion/35.4.2 BytedanceWebview/d8a21c6"
TIKTOK_IOS = f"{IOS} Mobile/15E148 musical_ly_35.4.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/zh Region/TW"
WECHAT = f"{IOS} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_TW"
KAKAOTALK = f"{ANDROID};KAKAOTALK 2410690 (INAPP)"
GOOGLE_APP = f"{IOS} GSA/327.0.647373422 Mobile/15E148 Safari/604.1"
CUBOT = "Mozilla/5.0 (Linux; Android 11; CUBOT KING KONG 5 Pro) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
CUBOT_OLD = "Mozilla/5.0 (Linux; Android 7.0; CUBOT_NOTE_S Build/NRD90M) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/73.0.3683.90 Mobile Safari/537.36"
PIXEL = "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A.240705.005; Google/google) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.122 Mobile Safari/537.36"
SAFARI = f"{IOS} Version/17.6 Mobile/15E148 Safari/604.1"
IPAD = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
GALAXY_TAB = (
    "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
EDGE = f"{CHROME} Edg/126.0.0.0"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"
DESKTOP_SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15"
CHROMEBOOK = (
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
SNAPCHAT = f"{IOS} Mobile/15E148 Snapchat/12.93.0.41 (like Safari/8618.2.12.10.9, panda)"
TELEGRAM_APP = f"{ANDROID} Telegram-Android/11.0.0 (Samsung SM-S921B; Android 14; SDK 34; HIGH)"

PEOPLE = {
    FACEBOOK: ("facebook", "ios", "phone"),
    FACEBOOK_ANDROID: ("facebook", "android", "phone"),
    FACEBOOK_LITE: ("facebook", "android", "phone"),
    FACEBOOK_NEW: ("facebook", "android", "phone"),
    FACEBOOK_NEWEST: ("facebook", "ios", "phone"),
    MESSENGER: ("messenger", "ios", "phone"),
    MESSENGER_ANDROID: ("messenger", "android", "phone"),
    INSTAGRAM: ("instagram", "ios", "phone"),
    INSTAGRAM_ANDROID: ("instagram", "android", "phone"),
    THREADS: ("threads", "ios", "phone"),
    LINE: ("line", "ios", "phone"),
    LINE_ANDROID: ("line", "android", "phone"),
    X_IOS: ("x", "ios", "phone"),
    X_ANDROID: ("x", "android", "phone"),
    LINKEDIN: ("linkedin", "ios", "phone"),
    PINTEREST: ("pinterest", "ios", "phone"),
    TIKTOK: ("tiktok", "android", "phone"),
    TIKTOK_IOS: ("tiktok", "ios", "phone"),
    WECHAT: ("wechat", "ios", "phone"),
    KAKAOTALK: ("kakaotalk", "android", "phone"),
    GOOGLE_APP: ("google", "ios", "phone"),
    SNAPCHAT: ("snapchat", "ios", "phone"),
    TELEGRAM_APP: ("telegram", "android", "phone"),
    CUBOT: ("", "android", "phone"),
    CUBOT_OLD: ("", "android", "phone"),
    PIXEL: ("", "android", "phone"),
    SAFARI: ("", "ios", "phone"),
    IPAD: ("", "ios", "tablet"),
    GALAXY_TAB: ("", "android", "tablet"),
    CHROME: ("", "windows", "desktop"),
    EDGE: ("", "windows", "desktop"),
    FIREFOX: ("", "linux", "desktop"),
    DESKTOP_SAFARI: ("", "macos", "desktop"),
    CHROMEBOOK: ("", "chromeos", "desktop"),
}

FACEBOOK_PREVIEW = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
LINE_PREVIEW = "facebookexternalhit/1.1;line-poker/1.0"
IMESSAGE = f"{MAC} facebookexternalhit/1.1 Facebot Twitterbot/1.0"
# One for each pattern, in the order of the list.
PREVIEWS = [
    FACEBOOK_PREVIEW,
    "Mozilla/5.0 (compatible; Facebot 1.0; https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "line-poker/1.0",
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "meta-webindexer/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "facebookcatalog/1.0",
    "Mozilla/5.0 (compatible; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984)",
    "Twitterbot/1.0",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "WhatsApp/2.24.13.77 A",
    "Mozilla/5.0 (compatible; PlurkBot/1.0; +https://www.plurk.com)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "Viber/22.4.0",
    "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
    "Mozilla/5.0 (compatible; Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots)",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    "Mastodon/4.2.9 (http.rb/5.2.0; +https://mastodon.social/)",
    "Iframely/1.3.1 (+https://iframely.com/docs/about)",
    "Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)",
    f"{ANDROID} thirdLandingPageFeInfra",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) MicrosoftPreview/2.0",
    "Mozilla/5.0 (compatible; Google-Safety; +http://www.google.com/bot.html)",
]
MORE_PREVIEWS = [LINE_PREVIEW, IMESSAGE, "Pinterest/0.2 (+https://www.pinterest.com/bot.html)", "Slackbot 1.0"]

SEARCHES = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)",
    "GoogleOther",
    "AdsBot-Google (+http://www.google.com/adsbot.html)",
    "Mediapartners-Google",
    "APIs-Google (+https://developers.google.com/webmasters/APIs-Google.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    f"{CHROME} BingPreview/1.0b",
    "Mozilla/5.0 (compatible; adidxbot/2.0; +http://www.bing.com/bingbot.htm)",
    "msnbot-media/1.1 (+http://search.msn.com/msnbot.htm)",
    "DuckDuckBot-Https/1.1; (+https://duckduckgo.com/duckduckbot)",
    "Mozilla/5.0 (compatible; DuckAssistBot/1.2; +http://duckduckgo.com/duckassistbot.html)",
    f"{MAC} (Applebot/0.1; +http://www.apple.com/go/applebot)",
    f"{IOS} Mobile/15E148 Safari/604.1 (compatible; Linespider/1.1; +https://lin.ee/4dwXkTH)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)",
    "Mozilla/5.0 (compatible; Daum/4.1; +http://cs.daum.net/faq/15/4118.html)",
    "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)",
    "Mozilla/5.0 (compatible;PetalBot;+https://webmaster.petalsearch.com/site/petalbot)",
    f"{ANDROID} (compatible; Bytespider; spider-feedback@bytedance.com)",
    "Mozilla/5.0 (compatible; SeznamBot/4.0; +http://napoveda.seznam.cz/seznambot-intro/)",
    "Mozilla/5.0 (compatible; Qwantify/2.4w; +https://www.qwant.com/)",
    "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; OAI-SearchBot/1.0; +https://openai.com/searchbot)",
    "Mozilla/5.0 (compatible; ChatGPT-User/1.0; +https://openai.com/bot)",
    "Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    "anthropic-ai",
    "Mozilla/5.0 (compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)",
    "Mozilla/5.0 (compatible; MistralAI-User/1.0; +https://docs.mistral.ai/robots)",
    "CCBot/2.0 (https://commoncrawl.org/faq/)",
    f"{MAC} (Amazonbot/0.1; +https://developer.amazon.com/support/amazonbot)",
    "cohere-ai",
    "Mozilla/5.0 (compatible; YouBot; +https://about.you.com/youbot/)",
    "Mozilla/5.0 (compatible; Diffbot/0.1; +http://www.diffbot.com)",
    "ia_archiver (+http://www.alexa.com/site/help/webmasters; crawler@alexa.com)",
    "Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)",
]

SCANNERS = [
    "curl/8.5.0",
    "Wget/1.21.4",
    "libwww-perl/6.68",
    "python-requests/2.32.3",
    "Python/3.11 aiohttp/3.9.5",
    "Go-http-client/2.0",
    "okhttp/4.12.0",
    "axios/1.7.2",
    "GuzzleHttp/7",
    "Ruby, HTTPClient 2.8.3",
    "PostmanRuntime/7.39.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1",
    f"{CHROME} Playwright/1.45",
    f"{CHROME} Chrome-Lighthouse",
    f"{CHROME} PTST/240624",
    "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)",
    "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    f"{CHROME} StatusCake",
    "Mozilla/5.0 Site24x7",
    "Better Uptime Bot Mozilla/5.0",
    f"{CHROME} DatadogSynthetics",
    "NewRelicPinger/1.0",
    "Mozilla/5.0 (compatible; Proofpoint URL Defense)",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Mozilla/5.0 (compatible; SafeLinks)",
    "Mozilla/5.0 (compatible; Nessus)",
    "Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
]

UNKNOWN = [
    "",
    "Mozilla",
    "-",
    "Mozilla/5.0 (compatible; SomethingBot/1.0)",
    "Mozilla/5.0 (compatible; NewCrawler)",
    "Mozilla/5.0 (compatible; ThatSpider)",
    "Mozilla/5.0 (compatible; web scraper)",
    "Mozilla/5.0 (compatible; Site Monitoring)",
    "Mozilla/5.0 (compatible; LinkFetcher)",
    "Mozilla/5.0 (compatible; Thing; +https://thing.example/)",
    "CoolApp 3.2",
]
