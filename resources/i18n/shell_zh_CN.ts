<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Command</name>
    <message>
        <source>No such verb: {text}. ? lists the verbs</source>
        <translation>没有这个命令：{text}。输入 ? 查看全部命令</translation>
    </message>
    <message>
        <source>There is no {what} “{text}”</source>
        <translation>没有找到{what}“{text}”</translation>
    </message>
    <message>
        <source>Too many words: {text}</source>
        <translation>多出的内容：{text}</translation>
    </message>
    <message>
        <source>Verb, object, object. Tab completes, Enter does it, Esc goes back</source>
        <translation>命令 对象 对象。Tab 补全，Enter 执行，Esc 返回</translation>
    </message>
    <message>
        <source>{verb} needs more than a line: do it on {page}</source>
        <translation>{verb}需要填写更多内容，请到“{page}”办理</translation>
    </message>
    <message>
        <source>{verb}: which {what}?</source>
        <translation>{verb}：请指明{what}</translation>
    </message>
    <message>
        <source>“{text}” can mean several verbs: choose one</source>
        <translation>“{text}”对应多个命令，请选一个</translation>
    </message>
    <message>
        <source>“{text}” can mean several: choose {what}</source>
        <translation>“{text}”对应多项，请选定{what}</translation>
    </message>
</context>
<context>
    <name>CommandBar</name>
    <message>
        <source>Command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>Ctrl+K command: pai 2 31 · / search · ? help</source>
        <translation>Ctrl+K 命令：pai 2 31 · / 查找 · ? 帮助</translation>
    </message>
    <message>
        <source>Take back: {act} ({n} s)</source>
        <translation>撤回：{act}（{n} 秒）</translation>
    </message>
</context>
<context>
    <name>Crash</name>
    <message>
        <source>Something in the program failed and was recorded (number {id}). Work goes on; check the last act. Log: {log}</source>
        <translation>程序内部出错，已记录（编号 {id}）。可以继续工作，请核对刚才的操作是否生效。日志：{log}</translation>
    </message>
    <message>
        <source>The failure was recorded. The other pages work on.</source>
        <translation>故障已记录，其他页面照常使用。</translation>
    </message>
    <message>
        <source>The page “{page}” could not be opened</source>
        <translation>“{page}”页面打不开</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>A fictional town with crews, roads and a training city that sends calls. For learning and practice; touches no real data.</source>
        <translation>虚构的城区，有巡组、道路和会下发警单的演练市局。用于学习和演练，不涉及真实数据。</translation>
    </message>
    <message>
        <source>At least {n} characters</source>
        <translation>至少 {n} 个字符</translation>
    </message>
    <message>
        <source>Name of the chief</source>
        <translation>站长姓名</translation>
    </message>
    <message>
        <source>Officer number of the chief</source>
        <translation>站长警号</translation>
    </message>
    <message>
        <source>Open the drill</source>
        <translation>进入演练</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>再输一次口令</translation>
    </message>
    <message>
        <source>Post console: first start</source>
        <translation>警务站指挥台：首次启动</translation>
    </message>
    <message>
        <source>Post name</source>
        <translation>警务站名称</translation>
    </message>
    <message>
        <source>Post number</source>
        <translation>警务站编号</translation>
    </message>
    <message>
        <source>Sample post (drill)</source>
        <translation>示例站（演练）</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>建站</translation>
    </message>
    <message>
        <source>Set up this post</source>
        <translation>建立本站</translation>
    </message>
    <message>
        <source>The two passwords differ</source>
        <translation>两次输入的口令不一致</translation>
    </message>
    <message>
        <source>This machine has no post yet. Nothing is written until you choose.</source>
        <translation>本机还没有警务站数据。选定之前不会写入任何内容。</translation>
    </message>
</context>
<context>
    <name>Gate</name>
    <message>
        <source>Another officer takes over</source>
        <translation>换人接手</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>正在核验…</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>请输入口令。</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Officer number</source>
        <translation>警号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Post console</source>
        <translation>警务站指挥台</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>{name} ({number}), since {time}. What was being typed is kept.</source>
        <translation>{name}（{number}），{time} 起锁定。正在填写的内容已保留。</translation>
    </message>
</context>
<context>
    <name>Tones</name>
    <message>
        <source>No sound device: tones cannot be heard. Watch the lamps; connect a loudspeaker.</source>
        <translation>没有可用的声音设备，听不到提示音。请留意指示灯，并接上扬声器。</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Late</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>None late</source>
        <translation>无超时</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>City</source>
        <translation>市局</translation>
    </message>
    <message>
        <source>City away since {time}</source>
        <translation>市局断开 {time} 起</translation>
    </message>
    <message>
        <source>City: not set up</source>
        <translation>市局：未接入</translation>
    </message>
    <message>
        <source>DRILL</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Day or night (Ctrl+F12)</source>
        <translation>日间/夜间（Ctrl+F12）</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Set aside {n}</source>
        <translation>搁置 {n}</translation>
    </message>
    <message>
        <source>Synced</source>
        <translation>已同步</translation>
    </message>
    <message>
        <source>To send {n}</source>
        <translation>待同步 {n}</translation>
    </message>
    <message>
        <source>Tones are muted until {time}; press to sound again</source>
        <translation>静音至 {time}；点击恢复提示音</translation>
    </message>
    <message>
        <source>Tones sound; press to mute 10 minutes</source>
        <translation>提示音开启；点击静音 10 分钟</translation>
    </message>
    <message>
        <source>Wires of the post that work (F8)</source>
        <translation>本站链路的通畅数（F8）</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>{time} 起</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Day theme</source>
        <translation>日间主题</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Night theme</source>
        <translation>夜间主题</translation>
    </message>
    <message>
        <source>Post console</source>
        <translation>警务站指挥台</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Theme by the hour</source>
        <translation>主题随时间切换</translation>
    </message>
</context>
</TS>
